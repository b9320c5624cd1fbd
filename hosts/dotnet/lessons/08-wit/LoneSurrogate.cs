// Half of a UTF-16 pair is not a character, and WIT's strings hold characters.

using System.Text;
using Value = Wasmtime.Components.ComponentValue;

namespace Host.Lesson08;

internal static class LoneSurrogate
{
    public static void Run()
    {
        // ANCHOR: lone-surrogate
        using var guest = new Guest((arguments, results) =>
        {
            Console.WriteLine($"sent: {arguments[0].Field("body").AsString()}");
            results[0] = Value.Ok(Guest.Response(200, "accepted"));
        });

        try
        {
            guest.Capture("a\ud800b", "ada", "{}");
        }
        catch (EncoderFallbackException error)
        {
            Console.WriteLine($"refused: {error.Message}");
        }
        // ANCHOR_END: lone-surrogate
    }
}
