// The host hands 32 bits to a function that takes 64.

using Wasmtime;

namespace Host.Lesson02;

internal static class I64
{
    public static void Run()
    {
        using var guest = new Guest();
        var instance = guest.Instance;
        // ANCHOR: i64
        try
        {
            var narrow = instance.GetFunction<int, int>("milliseconds").Required();
            Console.WriteLine($"an int: {narrow(1_767_225_600)}");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"an int: {error.Message}");
        }

        var wide = instance.GetFunction<long, long>("milliseconds").Required();
        Console.WriteLine($"a long: {wide(1_767_225_600)}");
        // ANCHOR_END: i64
    }
}
