// The guest asks the standard library for the time.

using Wasmtime;

namespace Host.Lesson01;

internal static class Clock
{
    public static void Run()
    {
        using var engine = new Engine();
        using var module = Guests.Load(engine, "01-target.clock");
        // ANCHOR: clock
        using var store = new Store(engine);
        var instance = new Instance(store, module);
        Console.WriteLine($"compiled, loaded, {module.Imports.Count} imports");

        var timestamp = instance.GetFunction<long>("timestamp").Required();
        try
        {
            Console.WriteLine($"{timestamp()} seconds since 1970");
        }
        catch (TrapException trap)
        {
            Console.WriteLine($"the host reports: a trap, {trap.Type}");
        }
        // ANCHOR_END: clock
    }
}
