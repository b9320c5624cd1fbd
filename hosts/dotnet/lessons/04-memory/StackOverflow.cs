// The guest's stack is too small for what the host asks.

using Wasmtime;

namespace Host.Lesson04;

internal static class StackOverflow
{
    public static void Run()
    {
        using var engine = new Engine();
        using var module = Guests.Load(engine, "04-memory.nested");

        // ANCHOR: stack-overflow
        using var store = new Store(engine);
        var instance = new Instance(store, module);
        var nested = instance.GetFunction<int, int>("nested").Required();
        int[] tries = [10, 10_000, 10];
        foreach (var levels in tries)
        {
            try
            {
                Console.WriteLine($"{levels} levels: came back from {nested(levels)}");
            }
            catch (TrapException trap)
            {
                Console.WriteLine($"{levels} levels: {trap.Type}");
            }
        }
        // ANCHOR_END: stack-overflow
    }
}
