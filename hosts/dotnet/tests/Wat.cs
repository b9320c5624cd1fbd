// Guests in WebAssembly's text form, for what no lesson's guest does.

using Wasmtime;

namespace Host.Tests;

internal sealed class Wat : IDisposable
{
    private readonly Engine engine = new();
    private readonly Store store;

    public Wat(string text)
    {
        using var module = Module.FromText(engine, "test", text);
        store = new Store(engine);
        Instance = new Instance(store, module);
    }

    public Instance Instance { get; }

    public void Dispose()
    {
        store.Dispose();
        engine.Dispose();
    }
}
