// A large block and a small one are taken and given back, again and again.

namespace Host.Lesson06;

internal static class SmallAndLarge
{
    public static void Run()
    {
        // ANCHOR: small-and-large
        foreach (var allocator in new[] { "talc", "wee-alloc" })
        {
            using var guest = new Guest(allocator);
            var strings = guest.Strings;
            foreach (var rounds in new[] { 0, 100, 100, 200 })
            {
                for (var round = 0; round < rounds; round++)
                {
                    var large = strings.Alloc(60_000);
                    var small = strings.Alloc(20_000);
                    strings.Dealloc(large, 60_000);
                    strings.Dealloc(small, 20_000);
                }
                Console.WriteLine($"{allocator}: {rounds} more rounds, {guest.Pages} pages");
            }
        }
        // ANCHOR_END: small-and-large
    }
}
