// Lesson 2 in C#: four functions, four kinds of numbers.

namespace Host.Lesson02;

internal static class Main
{
    public static void Run()
    {
        using var guest = new Guest();
        var instance = guest.Instance;

        // ANCHOR: add
        var add = instance.GetFunction<int, int, int>("add").Required();
        Console.WriteLine($"1. add(2, 3) = {add(2, 3)}");
        Console.WriteLine($"2. add(2147483647, 1) = {add(2_147_483_647, 1)}");
        // ANCHOR_END: add

        // ANCHOR: memory-limit
        var memoryLimit = instance.GetFunction<int>("memory_limit").Required();
        Console.WriteLine($"3. memory_limit() = {(uint)memoryLimit()}");
        // ANCHOR_END: memory-limit

        // ANCHOR: milliseconds
        var milliseconds = instance.GetFunction<long, long>("milliseconds").Required();
        Console.WriteLine($"4. milliseconds(1767225600) = {milliseconds(1_767_225_600)}");
        // ANCHOR_END: milliseconds

        // ANCHOR: share
        var share = instance.GetFunction<double, double, double>("share").Required();
        Console.WriteLine($"5. share(1, 4) = {share(1, 4)}");
        // ANCHOR_END: share
    }
}
