// The host keeps an address after it gave the bytes back.

using System.Text;

namespace Host.Lesson03;

internal static class UseAfterFree
{
    public static void Run()
    {
        using var guest = new Guest();
        var strings = guest.Strings;

        // ANCHOR: use-after-free
        var (address, length) = strings.Write("signed up");
        var answer = guest.Capture(address, length);
        var (at, size) = Strings.Unpack(answer);
        Console.WriteLine($"capture answered {strings.Read(answer)}");

        (address, length) = strings.Write("the plan was upgraded");
        var bytes = strings.Memory.GetSpan(at, (int)size);
        Console.WriteLine($"the same address now reads {Encoding.UTF8.GetString(bytes)}");
        // ANCHOR_END: use-after-free
        strings.Dealloc(address, length);
    }
}
