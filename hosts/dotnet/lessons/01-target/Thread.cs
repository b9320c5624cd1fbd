// The guest starts a thread.

using Wasmtime;

namespace Host.Lesson01;

internal static class Thread
{
    public static void Run()
    {
        using var engine = new Engine();
        using var module = Guests.Load(engine, "01-target.thread");
        // ANCHOR: thread
        using var store = new Store(engine);
        var instance = new Instance(store, module);
        Console.WriteLine($"compiled, loaded, {module.Imports.Count} imports");

        var flush = instance.GetAction("flush").Required();
        try
        {
            flush();
            Console.WriteLine("flushed");
        }
        catch (TrapException trap)
        {
            Console.WriteLine($"the host reports: a trap, {trap.Type}");
        }
        // ANCHOR_END: thread
    }
}
