// The host's `send` throws an error instead of answering one.

using Wasmtime;
using Value = Wasmtime.Components.ComponentValue;

namespace Host.Lesson08;

internal static class HostThrows
{
    public static void Run()
    {
        // ANCHOR: host-throws
        var calls = 0;
        using var guest = new Guest((arguments, results) =>
        {
            calls += 1;
            results[0] = calls switch
            {
                1 => Value.Err(Value.String("the proxy refuses")),
                2 => throw new InvalidOperationException("the proxy has no address"),
                _ => Value.Ok(Guest.Response(200, "accepted")),
            };
        });

        for (var call = 1; call <= 3; call++)
        {
            try
            {
                Console.WriteLine($"call {call}: {guest.Capture("signed up", "ada", "{}")}");
            }
            catch (WasmtimeException error)
            {
                Console.WriteLine($"call {call}: {Guest.Cause(error)}");
            }
        }
        // ANCHOR_END: host-throws
    }
}
