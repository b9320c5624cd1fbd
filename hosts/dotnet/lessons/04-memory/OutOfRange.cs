// The host uses an address in the memory of a different instance.

namespace Host.Lesson04;

internal static class OutOfRange
{
    public static void Run()
    {
        // ANCHOR: out-of-range
        using var first = new Guest();
        var (address, length) = first.Strings.Write("signed up");

        using var second = new Guest();
        var size = second.Memory.GetLength();
        Console.WriteLine($"{length} bytes at {address}, in a memory of {size} bytes");

        try
        {
            second.Memory.GetSpan(address, (int)length);
        }
        catch (ArgumentException error)
        {
            Console.WriteLine($"refused: {error.Message}");
        }
        // ANCHOR_END: out-of-range
    }
}
