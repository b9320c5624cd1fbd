// The guest was built against a different version of the interface than the host.

using Wasmtime;

namespace Host.Lesson08;

internal static class AnotherVersion
{
    public static void Run()
    {
        // ANCHOR: another-version
        foreach (var variant in new[] { "compatible", "incompatible" })
        {
            try
            {
                using var guest = new Guest(Guest.Accept, $"08-wit.{variant}.component");
                Console.WriteLine($"{variant}: the guest is ready");
            }
            catch (WasmtimeException error)
            {
                Console.WriteLine($"{variant}: {error.Message.Split('\n')[0]}");
            }
        }
        // ANCHOR_END: another-version
    }
}
