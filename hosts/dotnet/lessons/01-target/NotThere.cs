// The guest's file is not where the host looks.

using Wasmtime;

namespace Host.Lesson01;

internal static class NotThere
{
    public static void Run()
    {
        using var engine = new Engine();
        // ANCHOR: not-there
        try
        {
            using var module = Guests.Load(engine, "01-traget");
            Console.WriteLine("loaded");
        }
        catch (FileNotFoundException error)
        {
            Console.WriteLine($"the host reports: {error.Message}");
        }
        // ANCHOR_END: not-there
    }
}
