// Two guests share what the host remembers of the last answer.

namespace Host.Lesson05;

internal static class Lengths
{
    public static void Run()
    {
        var http = new Http(Http.Address("POSTHOG_HOST") + "/echo", Http.Timeout);

        // ANCHOR: lengths
        using var second = new Guest(http);
        // Between the two imports of the first guest, the second captures.
        using var first = new Guest("05-imports", (linker, guest) =>
        {
            http.Lend(linker, () => guest.Strings);
            linker.DefineFunction("posthog", "http_request_len", () =>
            {
                var answer = second.Capture("paid", "bo");
                Console.WriteLine($"the second reads {answer}");
                return (int)http.Length;
            });
        });

        Console.WriteLine($"the first reads  {first.Capture("signed up", "ada@example.com")}");
        // ANCHOR_END: lengths
    }
}
