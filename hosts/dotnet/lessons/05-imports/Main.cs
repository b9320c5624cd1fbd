// Lesson 5 in C#: the guest sends, and the host lends it an HTTP client.

using Wasmtime;

namespace Host.Lesson05;

internal static class Main
{
    public static void Run()
    {
        using var engine = new Engine();
        using var module = Guests.Load(engine, "05-imports");

        // ANCHOR: imports-of
        foreach (var (step, import) in module.Imports.Index())
        {
            Console.WriteLine($"{step + 1}. the guest needs {import.ModuleName}.{import.Name}");
        }
        // ANCHOR_END: imports-of

        // ANCHOR: lend
        var http = new Http(Http.Address("POSTHOG_HOST"), Http.Timeout);
        using var guest = new Guest(http);
        // ANCHOR_END: lend

        // ANCHOR: send
        Console.WriteLine($"3. capture answered {guest.Capture("signed up", "ada")}");
        Console.WriteLine($"4. capture answered {guest.Capture("🚀 started", "Łódź")}");
        // ANCHOR_END: send
    }
}
