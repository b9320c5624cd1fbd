// The guest of this lesson, ready to be called.

using Wasmtime;

namespace Host.Lesson03;

internal sealed class Guest : IDisposable
{
    private readonly Engine engine = new();
    private readonly Store store;
    private readonly Func<int, int, long> capture;

    // ANCHOR: guest
    public Guest()
    {
        using var module = Guests.Load(engine, "03-strings");
        store = new Store(engine);
        var instance = new Instance(store, module);
        Strings = new Strings(instance);
        capture = instance.GetFunction<int, int, long>("capture").Required();
    }
    // ANCHOR_END: guest

    public Strings Strings { get; }

    public ulong Capture(uint address, uint length) => (ulong)capture((int)address, (int)length);

    public void Dispose()
    {
        store.Dispose();
        engine.Dispose();
    }
}
