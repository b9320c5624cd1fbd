// Lesson 3 in C#: text in, text out.

namespace Host.Lesson03;

internal static class Main
{
    public static void Run()
    {
        using var guest = new Guest();
        var strings = guest.Strings;

        // ANCHOR: in
        var (address, length) = strings.Write("signed up");
        Console.WriteLine($"1. \"signed up\" is {length} bytes, written at {address}");
        // ANCHOR_END: in

        // ANCHOR: call
        var answer = guest.Capture(address, length);
        var (at, size) = Strings.Unpack(answer);
        Console.WriteLine($"2. capture answered {answer}: address {at}, length {size}");
        // ANCHOR_END: call

        // ANCHOR: out
        var json = strings.Read(answer);
        strings.Dealloc(address, length);
        Console.WriteLine($"3. the answer reads {json}");
        // ANCHOR_END: out

        // ANCHOR: vectors
        string[] names = ["", "Łódź", "🚀🚀🚀 𠈄𓀀", "a\0b"];
        foreach (var (step, name) in names.Index())
        {
            (address, length) = strings.Write(name);
            answer = guest.Capture(address, length);
            strings.Dealloc(address, length);
            Console.WriteLine($"{step + 4}. {length} bytes: {strings.Read(answer)}");
        }
        // ANCHOR_END: vectors
    }
}
