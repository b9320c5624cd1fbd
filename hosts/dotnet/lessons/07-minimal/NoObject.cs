// Properties that are JSON, and no object.

namespace Host.Lesson07;

internal static class NoObject
{
    public static void Run()
    {
        using var guest = new Guest("07-minimal");

        // ANCHOR: no-object
        foreach (var properties in new[] { "null", "[\"pro\"]", "\"pro\"", "" })
        {
            var answer = guest.Capture("signed up", "ada", properties);
            Console.WriteLine($"{properties,-7} -> {answer}");
        }
        // ANCHOR_END: no-object
    }
}
