// The host passes a number where the guest expects a string.

using Wasmtime;
using Value = Wasmtime.Components.ComponentValue;

namespace Host.Lesson08;

internal static class WrongType
{
    public static void Run()
    {
        using var guest = new Guest(Guest.Accept);

        // ANCHOR: wrong-type
        var id = Value.U32(42);
        try
        {
            guest.Said(Value.String("phc_demo"), Value.String("signed up"), id, Value.String("{}"));
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"a number for an id: {Guest.Cause(error)}");
        }
        try
        {
            Console.WriteLine($"the next call: {guest.Capture("signed up", "ada", "{}")}");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"the next call: {Guest.Cause(error)}");
        }
        // ANCHOR_END: wrong-type
    }
}
