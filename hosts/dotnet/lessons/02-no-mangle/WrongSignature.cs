// The host expects a different type of the function than the guest.

using Wasmtime;

namespace Host.Lesson02;

internal static class WrongSignature
{
    public static void Run()
    {
        using var guest = new Guest();
        var instance = guest.Instance;
        // ANCHOR: wrong-signature
        try
        {
            var one = instance.GetFunction<int, int>("add").Required();
            Console.WriteLine($"one argument: {one(2)}");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"one argument: {error.Message}");
        }

        // Without types the numbers are converted, and rounded.
        var any = instance.GetFunction("add").Required();
        Console.WriteLine($"a fraction: {any.Invoke(1.5, 2)}");
        // ANCHOR_END: wrong-signature
    }
}
