// The host counts characters where the guest expects bytes.

namespace Host.Lesson03;

internal static class Characters
{
    public static void Run()
    {
        using var guest = new Guest();
        var strings = guest.Strings;

        // ANCHOR: characters
        var name = "Łódź";
        var (address, length) = strings.Write(name);
        var characters = (uint)name.Length;
        Console.WriteLine($"{name} has {characters} characters and {length} bytes");

        var answer = guest.Capture(address, characters);
        Console.WriteLine($"told {characters}, the guest captured {strings.Read(answer)}");
        // ANCHOR_END: characters
    }
}
