// The server is reachable and broken.

namespace Host.Lesson05;

internal static class Status500
{
    public static void Run()
    {
        // ANCHOR: status-500
        var http = new Http(Http.Address("POSTHOG_HOST") + "/status/500", Http.Timeout);
        using var guest = new Guest(http);
        Console.WriteLine(guest.Capture("signed up", "ada"));
        // ANCHOR_END: status-500
    }
}
