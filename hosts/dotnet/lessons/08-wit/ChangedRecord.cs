// The guest's `response` has a field more than the host's, under the same version.

using Wasmtime;

namespace Host.Lesson08;

internal static class ChangedRecord
{
    public static void Run()
    {
        // ANCHOR: changed-record
        try
        {
            using var guest = new Guest(Guest.Accept, "08-wit.changed-record.component");
            Console.WriteLine("the guest is ready");
            Console.WriteLine($"capture: {guest.Capture("signed up", "ada", "{}")}");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"capture: {Guest.Cause(error)}");
        }
        // ANCHOR_END: changed-record
    }
}
