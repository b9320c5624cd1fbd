// Lesson 8 in C#: the same client, called through its WIT.

namespace Host.Lesson08;

internal static class Main
{
    public static void Run()
    {
        // ANCHOR: send
        var http = new Http(Http.Address("POSTHOG_HOST"), Http.Timeout);
        using var guest = new Guest(Guest.Lend(http));
        Console.WriteLine($"1. {guest.Capture("signed up", "ada", """{"plan":"pro"}""")}");
        Console.WriteLine($"2. {guest.Capture("🚀 started", "Łódź", "{}")}");
        // ANCHOR_END: send

        // ANCHOR: errors
        Console.WriteLine($"3. {guest.Capture("signed up", "ada", """{"plan":}""")}");
        var nobody = new Http(Http.Address("POSTHOG_CLOSED_HOST"), Http.Timeout);
        using var cutOff = new Guest(Guest.Lend(nobody));
        Console.WriteLine($"4. {cutOff.Capture("signed up", "ada", "{}")}");
        // ANCHOR_END: errors
    }
}
