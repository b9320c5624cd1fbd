// An import asks something of the guest that is waiting for it.

using Wasmtime;

namespace Host.Lesson05;

internal static class Reentered
{
    public static void Run()
    {
        var http = new Http(Http.Address("POSTHOG_HOST"), Http.Timeout);
        using var guest = new Guest("05-imports.imports-borrowed", (linker, guest) =>
        {
            http.Lend(linker, () => guest.Strings);
            linker.DefineFunction<int, int, int, int, int>("posthog", "http_request", Counted);

            // ANCHOR: reentered
            // `http_request` that first says how many events wait.
            int Counted(Caller caller, int path, int pathLength, int body, int bodyLength)
            {
                Console.WriteLine("the host asks how many events wait");
                var waiting = caller.GetFunction("waiting").Required().WrapFunc<int>().Required();
                Console.WriteLine($"{waiting()} wait");
                return http.Request(guest.Strings, path, pathLength, body, bodyLength);
            }
            // ANCHOR_END: reentered
        });
        try
        {
            guest.Capture("signed up", "ada");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"capture failed: {Cause(error)}");
        }
    }

    /// <summary>The last line of a trap's message, without its number.</summary>
    private static string Cause(WasmtimeException error) =>
        error.Message[error.Message.LastIndexOf("wasm trap:", StringComparison.Ordinal)..].TrimEnd();
}
