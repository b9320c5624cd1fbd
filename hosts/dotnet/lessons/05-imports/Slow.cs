// The server takes longer than the host waits.

namespace Host.Lesson05;

internal static class Slow
{
    public static void Run()
    {
        var host = Http.Address("POSTHOG_HOST");

        // ANCHOR: slow
        var timeout = TimeSpan.FromSeconds(2);
        using var prompt = new Guest(new Http(host, timeout));
        Console.WriteLine(prompt.Capture("signed up", "ada"));

        using var slow = new Guest(new Http(host + "/slow", timeout));
        Console.WriteLine(slow.Capture("upgraded", "ada"));
        // ANCHOR_END: slow
    }
}
