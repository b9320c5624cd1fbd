// The host keeps an address after it gave the bytes back.

using System.Text;

namespace Host.Lesson03;

internal static class UseAfterFree
{
    public static void Run()
    {
        using var guest = new Guest();
        var texts = guest.Texts;

        // ANCHOR: use-after-free
        var (address, length) = texts.Write("signed up");
        var answer = guest.Capture(address, length);
        var (at, size) = Texts.Unpack(answer);
        Console.WriteLine($"capture answered {texts.Read(answer)}");

        (address, length) = texts.Write("the plan was upgraded");
        var bytes = texts.Memory.GetSpan(at, (int)size);
        Console.WriteLine($"the same address now reads {Encoding.UTF8.GetString(bytes)}");
        // ANCHOR_END: use-after-free
        texts.Dealloc(address, length);
    }
}
