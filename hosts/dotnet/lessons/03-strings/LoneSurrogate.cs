// Half of a UTF-16 pair is not a character, and UTF-8 has no bytes for it.

using System.Text;

namespace Host.Lesson03;

internal static class LoneSurrogate
{
    public static void Run()
    {
        using var guest = new Guest();
        var strings = guest.Strings;

        // ANCHOR: lone-surrogate
        var name = "a\ud800b";
        var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));
        Console.WriteLine($"Encoding.UTF8 alone makes of it: {hex}");
        try
        {
            strings.Write(name);
        }
        catch (EncoderFallbackException error)
        {
            Console.WriteLine($"refused: {error.Message}");
        }
        // ANCHOR_END: lone-surrogate
    }
}
