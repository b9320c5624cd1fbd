// The host tells the guest an address that it was never given.

using Wasmtime;

namespace Host.Lesson04;

internal static class WildAddress
{
    public static void Run()
    {
        using var guest = new Guest();

        // ANCHOR: wild-address
        var api = guest.Ask("address_of_static");
        var answer = guest.Capture(api, 9);
        Console.WriteLine($"inside: captured {guest.Strings.Read(answer)}");

        var beyond = 0xffff_0000;
        try
        {
            guest.Capture(beyond, 9);
        }
        catch (TrapException trap)
        {
            Console.WriteLine($"beyond: {trap.Type}");
        }
        // ANCHOR_END: wild-address
    }
}
