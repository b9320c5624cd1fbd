// Lesson 6 in C#: the same captures under three allocators.

namespace Host.Lesson06;

internal static class Main
{
    private static readonly string[] Allocators = ["dlmalloc", "talc", "wee-alloc"];

    // An event's name is shorter than this, in bytes.
    private const int Longest = 8192;

    public static void Run()
    {
        // ANCHOR: inside
        foreach (var (step, allocator) in Allocators.Index())
        {
            using var guest = new Guest(allocator);
            var address = guest.Strings.Alloc(9);
            var end = guest.Strings.Memory.GetLength();
            Console.WriteLine(
                $"{step + 1}. {allocator}: the heap starts at {guest.HeapBase}, "
                + $"alloc(9) gives {address}, memory ends at {end}");
        }
        // ANCHOR_END: inside

        // ANCHOR: soak
        foreach (var (step, allocator) in Allocators.Index())
        {
            using var guest = new Guest(allocator);
            using var lengths = Lengths().GetEnumerator();
            List<long> pages = [guest.Pages];
            foreach (var captures in new[] { 1000, 1000, 2000 })
            {
                for (var call = 0; call < captures && lengths.MoveNext(); call++)
                {
                    guest.Capture(new string('x', lengths.Current));
                }
                pages.Add(guest.Pages);
            }
            Console.WriteLine(
                $"{step + 4}. {allocator}: pages after 0, 1000, 2000 and 4000 captures: "
                + $"[{string.Join(", ", pages)}]");
        }
        // ANCHOR_END: soak
    }

    // ANCHOR: lengths
    // The same in every host and run: Park and Miller's minimal standard generator.
    private static IEnumerable<int> Lengths()
    {
        for (long number = 1; ; number = number * 16_807 % 2_147_483_647)
        {
            yield return (int)(number % Longest);
        }
    }
    // ANCHOR_END: lengths
}
