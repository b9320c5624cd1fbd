// The host's `http_request` takes a body and no path.

using Wasmtime;

namespace Host.Lesson05;

internal static class WrongSignature
{
    public static void Run()
    {
        var http = new Http(Http.Address("POSTHOG_HOST"), Http.Timeout);
        // ANCHOR: wrong-signature
        Action<Linker, Guest> lend = (linker, guest) =>
        {
            http.Lend(linker, () => guest.Strings);
            linker.DefineFunction("posthog", "http_request", (int body, int bodyLength) =>
            {
                var json = guest.Strings.Copy((uint)body, (uint)bodyLength);
                var (address, _) = guest.Strings.Write(http.Post("/batch/", json));
                return (int)address;
            });
        };
        try
        {
            using var guest = new Guest("05-imports", lend);
            Console.WriteLine(guest.Capture("signed up", "ada"));
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine(error.Message);
        }
        // ANCHOR_END: wrong-signature
    }
}
