// The guest does not export the function that the host asks for.

using Wasmtime;

namespace Host.Lesson02;

internal static class NotExported
{
    public static void Run()
    {
        using var guest = new Guest("02-no-mangle.not-exported");
        var instance = guest.Instance;
        // ANCHOR: not-exported
        try
        {
            var add = instance.GetFunction<int, int, int>("add").Required();
            Console.WriteLine($"add(2, 3) = {add(2, 3)}");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"the host reports: {error.Message}");
        }
        // ANCHOR_END: not-exported
    }
}
