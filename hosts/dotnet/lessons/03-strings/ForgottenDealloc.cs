// The host never gives back what it was given.

namespace Host.Lesson03;

internal static class ForgottenDealloc
{
    public static void Run()
    {
        using var guest = new Guest();
        var strings = guest.Strings;

        // ANCHOR: forgotten-dealloc
        int[] rounds = [0, 5_000, 10_000, 20_000];
        foreach (var calls in rounds)
        {
            for (var call = 0; call < calls; call++)
            {
                var (address, length) = strings.Write("signed up");
                guest.Capture(address, length);
            }
            Console.WriteLine($"{calls} more calls: {strings.Memory.GetSize()} pages");
        }
        // ANCHOR_END: forgotten-dealloc
    }
}
