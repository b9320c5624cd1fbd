// A guest of this lesson, ready to be called, and what it is lent.

using Wasmtime;
using Wasmtime.Components;
using Value = Wasmtime.Components.ComponentValue;

namespace Host.Lesson08;

internal sealed class Guest : IDisposable
{
    private readonly Engine engine = new();
    private readonly ComponentLinker linker;
    private readonly Store store;
    private readonly ComponentFunction capture;

    // ANCHOR: instantiate
    /// <summary>A guest that is lent <paramref name="send"/>.</summary>
    public Guest(ComponentFunctionCallback send, string name = "08-wit.component")
    {
        using var component = Guests.LoadComponent(engine, name);
        linker = new ComponentLinker(engine);
        // Both have to be disposed of before the linker makes an instance.
        using (var root = linker.Root())
        using (var http = root.AddInstance("posthog:client/http@0.1.0"))
        {
            http.DefineFunction("send", send);
        }
        store = new Store(engine);
        var instance = linker.Instantiate(store, component);
        capture = instance.GetFunction("posthog:client/events@0.1.0", "capture").Required();
    }
    // ANCHOR_END: instantiate

    // ANCHOR: lend
    /// <summary>The import <c>send</c>, over an HTTP client.</summary>
    public static ComponentFunctionCallback Lend(Http http)
    {
        return (arguments, results) =>
        {
            var request = arguments[0];
            var path = request.Field("path").AsString();
            var (status, body) = http.Answer(path, request.Field("body").AsString());
            results[0] = status == 0
                ? Value.Err(Value.String(body))
                : Value.Ok(Response(status, body));
        };
    }

    /// <summary>The record <c>response</c>.</summary>
    public static Value Response(ushort status, string body) =>
        Value.Record([new("status", Value.U16(status)), new("body", Value.String(body))]);
    // ANCHOR_END: lend

    /// <summary>For the cases: accepts whatever is sent.</summary>
    public static readonly ComponentFunctionCallback Accept =
        (_, results) => results[0] = Value.Ok(Response(200, "accepted"));

    // ANCHOR: said
    /// <summary>What a call answered, as a line.</summary>
    public string Capture(string name, string id, string properties) =>
        Said(Value.String("phc_demo"), Value.String(name), Value.String(id), Value.String(properties));

    /// <summary>The same, with arguments of whatever type.</summary>
    public string Said(params Value[] arguments)
    {
        var answer = capture.Call(arguments)!;
        var payload = answer.Payload!;
        return answer.IsOk
            ? $"status {payload.Field("status").AsU16()}, {payload.Field("body").AsString()}"
            : $"error: {payload.AsString()}";
    }
    // ANCHOR_END: said

    /// <summary>What went wrong in the end: the last line, after where and after what.</summary>
    public static string Cause(WasmtimeException error) =>
        error.Message.TrimEnd().Split('\n')[^1].Trim();

    public void Dispose()
    {
        store.Dispose();
        linker.Dispose();
        engine.Dispose();
    }
}
