// Lesson 7 in C#: the whole first client.

using System.Text.Json;

namespace Host.Lesson07;

internal static class Main
{
    public static void Run()
    {
        using var guest = new Guest("07-minimal");

        // ANCHOR: send
        var properties = JsonSerializer.Serialize(new { plan = "pro", seats = 5 });
        Console.WriteLine($"1. {properties}: {guest.Capture("signed up", "ada", properties)}");
        // ANCHOR_END: send

        // ANCHOR: as-it-is
        properties = "{ \"amount\" : 12345678901234567890.10 }";
        Console.WriteLine($"2. {properties}: {guest.Capture("paid", "ada", properties)}");
        // ANCHOR_END: as-it-is

        // ANCHOR: refused
        properties = "{\"amount\":}";
        Console.WriteLine($"3. {properties}: {guest.Capture("paid", "ada", properties)}");
        // ANCHOR_END: refused
    }
}
