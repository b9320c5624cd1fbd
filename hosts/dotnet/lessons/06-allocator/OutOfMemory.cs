// The heap is full.

using Wasmtime;

namespace Host.Lesson06;

internal static class OutOfMemory
{
    public static void Run()
    {
        using var guest = new Guest("arena");

        // ANCHOR: out-of-memory
        var before = guest.Pages;
        var blocks = 0;
        try
        {
            while (true)
            {
                guest.Strings.Alloc(65_536);
                blocks++;
            }
        }
        catch (TrapException trap)
        {
            Console.WriteLine($"{blocks} blocks of 64 KiB, then: TrapException {trap.Type}");
        }
        Console.WriteLine($"{before} pages before, {guest.Pages} after");
        // ANCHOR_END: out-of-memory
    }
}
