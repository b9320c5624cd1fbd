// The guest of this lesson, ready to be called.

using Wasmtime;

namespace Host.Lesson07;

internal sealed class Guest : IDisposable
{
    private readonly Engine engine = new();
    private readonly Store store;
    private readonly Func<int, int, int, int, int, int, int, int, long> capture;

    /// <summary>Loads <c>07-minimal</c>, or a variant of it.</summary>
    public Guest(string name)
    {
        using var module = Guests.Load(engine, name);
        store = new Store(engine);
        using var linker = new Linker(engine);
        new Http(Http.Address("POSTHOG_HOST"), Http.Timeout).Lend(linker, () => Strings!);
        var instance = linker.Instantiate(store, module);
        Strings = new Strings(instance);
        capture = instance
            .GetFunction<int, int, int, int, int, int, int, int, long>("capture")
            .Required();
    }

    public Strings Strings { get; }

    // ANCHOR: capture
    /// <summary>What the server answered to an event with these properties.</summary>
    public string Capture(string name, string id, string properties)
    {
        var key = Strings.Write("phc_demo");
        var given = Strings.Write(name);
        var person = Strings.Write(id);
        var json = Strings.Write(properties);
        var answer = capture(
            (int)key.Address,
            (int)key.Length,
            (int)given.Address,
            (int)given.Length,
            (int)person.Address,
            (int)person.Length,
            (int)json.Address,
            (int)json.Length);
        foreach (var (address, length) in new[] { key, given, person, json })
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
