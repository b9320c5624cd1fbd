// The host writes bytes that are no text.

namespace Host.Lesson03;

internal static class InvalidUtf8
{
    public static void Run()
    {
        using var guest = new Guest();
        var strings = guest.Strings;

        // ANCHOR: invalid-utf8
        byte[] bytes = [0x61, 0xff, 0x62];
        var address = strings.Alloc(3);
        bytes.CopyTo(strings.Memory.GetSpan(address, 3));

        var answer = guest.Capture(address, 3);
        Console.WriteLine($"the guest answered {answer}");
        try
        {
            strings.Read(answer);
        }
        catch (InvalidDataException error)
        {
            Console.WriteLine($"the host reports: {error.Message}");
        }
        // ANCHOR_END: invalid-utf8
    }
}
