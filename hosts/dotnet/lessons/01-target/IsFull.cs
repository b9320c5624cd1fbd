// The guest with its function exported: the host asks it two questions.

using Wasmtime;

namespace Host.Lesson01;

internal static class IsFull
{
    public static void Run()
    {
        using var engine = new Engine();
        using var module = Guests.Load(engine, "01-target.without-std");
        // ANCHOR: is-full
        using var store = new Store(engine);
        var instance = new Instance(store, module);
        var isFull = instance.GetFunction<int, int>("is_full").Required();
        foreach (var queued in (int[])[9_999, 10_000])
        {
            var answer = isFull(queued) == 0 ? "room for more" : "full";
            Console.WriteLine($"{queued} events queued: {answer}");
        }
        // ANCHOR_END: is-full
    }
}
