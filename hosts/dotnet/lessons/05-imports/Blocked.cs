// What else runs while a guest waits for an answer.

namespace Host.Lesson05;

internal static class Blocked
{
    public static void Run()
    {
        var host = Http.Address("POSTHOG_HOST");
        var timeout = TimeSpan.FromSeconds(2);
        // The first request opens the connection; the second waits for its answer alone.
        using var prompt = new Guest(new Http(host, timeout));
        prompt.Capture("signed up", "ada");
        using var guest = new Guest(new Http(host + "/slow", timeout));

        // ANCHOR: blocked
        var ticks = 0;
        string answer;
        using (new Timer(_ => Interlocked.Increment(ref ticks), null, 1, 1))
        {
            answer = guest.Capture("upgraded", "ada");
        }
        Console.WriteLine($"capture answered {answer}");
        Console.WriteLine($"a timer ticked meanwhile: {(ticks > 0 ? "true" : "false")}");
        // ANCHOR_END: blocked
    }
}
