// The guest of this lesson, ready to be called.

using Wasmtime;

namespace Host.Lesson04;

internal sealed class Guest : IDisposable
{
    private readonly Engine engine;
    private readonly Store store;
    private readonly Instance instance;
    private readonly Func<int, int, long> capture;

    public Guest()
        : this(new Config())
    {
    }

    public Guest(Config config)
    {
        engine = new Engine(config);
        using var module = Guests.Load(engine, "04-memory");
        store = new Store(engine);
        instance = new Instance(store, module);
        Strings = new Strings(instance);
        capture = instance.GetFunction<int, int, long>("capture").Required();
    }

    public Strings Strings { get; }

    public Memory Memory => Strings.Memory;

    public ulong Capture(uint address, uint length) => (ulong)capture((int)address, (int)length);

    /// <summary>Asks the guest for an address by calling an export that takes nothing.</summary>
    public uint Ask(string export) => (uint)instance.GetFunction<int>(export).Required()();

    /// <summary>The address that the linker put into an exported global.</summary>
    public uint Global(string export) =>
        (uint)instance.GetGlobal(export).Required().Wrap<int>().Required().GetValue();

    public void Dispose()
    {
        store.Dispose();
        engine.Dispose();
    }
}
