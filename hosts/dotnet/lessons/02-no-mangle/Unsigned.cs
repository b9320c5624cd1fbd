// 32 bits arrive, and not whether they have a sign.

namespace Host.Lesson02;

internal static class Unsigned
{
    public static void Run()
    {
        using var guest = new Guest();
        var instance = guest.Instance;
        // ANCHOR: unsigned
        var memoryLimit = instance.GetFunction<int>("memory_limit").Required();
        Console.WriteLine($"as a number with a sign: {memoryLimit()}");
        Console.WriteLine($"as a number without: {(uint)memoryLimit()}");
        // ANCHOR_END: unsigned
    }
}
