// The guest of this lesson, ready to be called.

using Wasmtime;

namespace Host.Lesson02;

internal sealed class Guest : IDisposable
{
    // ANCHOR: guest
    private readonly Engine engine = new();
    private readonly Store store;

    public Guest(string name = "02-no-mangle")
    {
        using var module = Guests.Load(engine, name);
        store = new Store(engine);
        Instance = new Instance(store, module);
    }

    public Instance Instance { get; }
    // ANCHOR_END: guest

    public void Dispose()
    {
        store.Dispose();
        engine.Dispose();
    }
}
