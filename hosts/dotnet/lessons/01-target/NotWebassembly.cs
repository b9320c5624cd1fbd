// The host is handed a page of HTML where it expects a module.

using Wasmtime;

namespace Host.Lesson01;

internal static class NotWebassembly
{
    public static void Run()
    {
        using var engine = new Engine();
        // ANCHOR: not-webassembly
        var bytes = "<!doctype html><title>404 Not Found</title>"u8;
        try
        {
            using var module = Module.FromBytes(engine, "guest", bytes);
            Console.WriteLine("compiled");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"the host reports: {error.Message.TrimEnd()}");
        }
        // ANCHOR_END: not-webassembly
    }
}
