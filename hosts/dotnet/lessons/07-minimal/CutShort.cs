// Properties that end too early, or go on too long.

namespace Host.Lesson07;

internal static class CutShort
{
    public static void Run()
    {
        using var guest = new Guest("07-minimal");

        // ANCHOR: cut-short
        string[] faulty =
        [
            """{"plan":"pr""",
            "{\"plan\":\"pro\"",
            """{"name":"\ud83d"}""",
            """{"plan":"pro"},{"event":"made up"}""",
        ];
        foreach (var properties in faulty)
        {
            Console.WriteLine($"{properties}\n  -> {guest.Capture("signed up", "ada", properties)}");
        }
        // ANCHOR_END: cut-short
    }
}
