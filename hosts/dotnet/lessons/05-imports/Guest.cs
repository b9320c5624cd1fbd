// A guest of this lesson, ready to be called.

using Wasmtime;

namespace Host.Lesson05;

internal sealed class Guest : IDisposable
{
    private readonly Engine engine = new();
    private readonly Linker linker;
    private readonly Store store;
    private readonly Func<int, int, int, int, int, int, long> capture;

    /// <summary>A guest, <c>05-imports</c> or a variant, that is lent an HTTP client.</summary>
    public Guest(Http http, string name = "05-imports")
        : this(name, (linker, guest) => http.Lend(linker, () => guest.Strings))
    {
    }

    // ANCHOR: instantiate
    /// <summary>A guest that is lent what <paramref name="lend"/> defines.</summary>
    public Guest(string name, Action<Linker, Guest> lend)
    {
        using var module = Guests.Load(engine, name);
        store = new Store(engine);
        linker = new Linker(engine) { AllowShadowing = true };
        lend(linker, this);
        var instance = linker.Instantiate(store, module);
        Strings = new Strings(instance);
        capture = instance
            .GetFunction<int, int, int, int, int, int, long>("capture")
            .Required();
    }
    // ANCHOR_END: instantiate

    public Strings Strings { get; }

    // ANCHOR: capture
    /// <summary>
    /// What the server answered to an event of this name, of the person <paramref name="id"/>.
    /// </summary>
    public string Capture(string name, string id)
    {
        var (key, keyLength) = Strings.Write("phc_demo");
        var (@event, eventLength) = Strings.Write(name);
        var (person, personLength) = Strings.Write(id);
        var answer = capture(
            (int)key, (int)keyLength, (int)@event, (int)eventLength, (int)person, (int)personLength);
        Strings.Dealloc(key, keyLength);
        Strings.Dealloc(@event, eventLength);
        Strings.Dealloc(person, personLength);
        return Strings.Read((ulong)answer);
    }
    // ANCHOR_END: capture

    public void Dispose()
    {
        store.Dispose();
        linker.Dispose();
        engine.Dispose();
    }
}
