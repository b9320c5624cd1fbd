// Nobody listens where the host sends to.

namespace Host.Lesson05;

internal static class Refused
{
    public static void Run()
    {
        // ANCHOR: refused
        var http = new Http(Http.Address("POSTHOG_CLOSED_HOST"), Http.Timeout);
        using var guest = new Guest(http);
        Console.WriteLine(guest.Capture("signed up", "ada"));
        // ANCHOR_END: refused
    }
}
