// The guest of this lesson under any allocator, with a host that answers at once.

using Wasmtime;

namespace Host.Lesson06;

internal sealed class Guest : IDisposable
{
    // What the guest is told whatever it sends: this lesson is about memory, not about a network.
    private const string Answer = """200 {"status":1}""";

    private readonly Engine engine = new();
    private readonly Store store;
    private readonly Func<int, int, int, int, int, int, long> capture;

    /// <summary>
    /// Loads one of the lesson's variants: <c>talc</c>, <c>dlmalloc</c>, <c>wee-alloc</c>, <c>arena</c>.
    /// </summary>
    public Guest(string variant)
    {
        using var module = Guests.Load(engine, $"06-allocator.{variant}");
        store = new Store(engine);
        using var linker = new Linker(engine);
        // ANCHOR: canned
        // The imports without a network: every request gets the same answer.
        linker.DefineFunction(
            "posthog",
            "http_request",
            (int path, int pathLength, int body, int bodyLength) => (int)Strings!.Write(Answer).Address);
        linker.DefineFunction("posthog", "http_request_len", () => Answer.Length);
        // ANCHOR_END: canned
        var instance = linker.Instantiate(store, module);
        Strings = new Strings(instance);
        HeapBase = (int)instance.GetGlobal("__heap_base").Required().GetValue()!;
        capture = instance
            .GetFunction<int, int, int, int, int, int, long>("capture")
            .Required();
    }

    public Strings Strings { get; }

    public int HeapBase { get; }

    /// <summary>The memory's size now, in pages of 64 KiB.</summary>
    public long Pages => Strings.Memory.GetSize();

    // ANCHOR: capture
    /// <summary>Captures an event of this name; everything that was given is given back.</summary>
    public string Capture(string name)
    {
        var key = Strings.Write("phc_demo");
        var given = Strings.Write(name);
        var id = Strings.Write("user-1");
        var answer = capture(
            (int)key.Address,
            (int)key.Length,
            (int)given.Address,
            (int)given.Length,
            (int)id.Address,
            (int)id.Length);
        foreach (var (address, length) in new[] { key, given, id })
        {
            Strings.Dealloc(address, length);
        }
        return Strings.Read((ulong)answer);
    }
    // ANCHOR_END: capture

    public void Dispose()
    {
        store.Dispose();
        engine.Dispose();
    }
}
