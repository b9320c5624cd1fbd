// Lesson 3 in C#: text in, text out.

namespace Host.Lesson03;

internal static class Main
{
    public static void Run()
    {
        using var guest = new Guest();
        var texts = guest.Texts;

        // ANCHOR: in
        var (address, length) = texts.Write("signed up");
        Console.WriteLine($"1. \"signed up\" is {length} bytes, written at {address}");
        // ANCHOR_END: in

        // ANCHOR: call
        var answer = guest.Capture(address, length);
        var (at, size) = Texts.Unpack(answer);
        Console.WriteLine($"2. capture answered {answer}: address {at}, length {size}");
        // ANCHOR_END: call

        // ANCHOR: out
        var json = texts.Read(answer);
        texts.Dealloc(address, length);
        Console.WriteLine($"3. the answer reads {json}");
        // ANCHOR_END: out

        // ANCHOR: vectors
        string[] names = ["", "Łódź", "🚀🚀🚀 𠈄𓀀", "a\0b"];
        foreach (var (step, name) in names.Index())
        {
            (address, length) = texts.Write(name);
            answer = guest.Capture(address, length);
            texts.Dealloc(address, length);
            Console.WriteLine($"{step + 4}. {length} bytes: {texts.Read(answer)}");
        }
        // ANCHOR_END: vectors
    }
}
