// The host never gives back what it was given.

namespace Host.Lesson03;

internal static class ForgottenDealloc
{
    public static void Run()
    {
        using var guest = new Guest();
        var texts = guest.Texts;

        // ANCHOR: forgotten-dealloc
        int[] rounds = [0, 5_000, 10_000, 20_000];
        foreach (var calls in rounds)
        {
            for (var call = 0; call < calls; call++)
            {
                var (address, length) = texts.Write("signed up");
                guest.Capture(address, length);
            }
            Console.WriteLine($"{calls} more calls: {texts.Memory.GetSize()} pages");
        }
        // ANCHOR_END: forgotten-dealloc
    }
}
