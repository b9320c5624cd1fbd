// The host lends one of the two functions and forgets the other.

using Wasmtime;

namespace Host.Lesson05;

internal static class MissingImport
{
    public static void Run()
    {
        // ANCHOR: missing-import
        Action<Linker, Guest> lend = (linker, _) => linker.DefineFunction(
            "posthog", "http_request", (int path, int pathLength, int body, int bodyLength) => 0);
        try
        {
            using var guest = new Guest("05-imports", lend);
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine(error.Message);
        }
        // ANCHOR_END: missing-import
    }
}
