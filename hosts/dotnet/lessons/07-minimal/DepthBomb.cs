// Properties with a hundred thousand objects inside each other.

using Wasmtime;

namespace Host.Lesson07;

internal static class DepthBomb
{
    public static void Run()
    {
        // ANCHOR: depth-bomb
        var bomb = string.Concat(Enumerable.Repeat("{\"a\":", 100_000));

        using var guest = new Guest("07-minimal");
        Console.WriteLine($"the guest of this lesson: {guest.Capture("signed up", "ada", bomb)}");

        using var recursive = new Guest("07-minimal.recursive");
        try
        {
            recursive.Capture("signed up", "ada", bomb);
        }
        catch (TrapException trap)
        {
            Console.WriteLine($"one that calls itself: TrapException {trap.Type}");
        }
        // ANCHOR_END: depth-bomb
    }
}
