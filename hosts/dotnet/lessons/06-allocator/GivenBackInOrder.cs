// Two blocks go back in the order they came, then one is taken that is as large as both.

namespace Host.Lesson06;

internal static class GivenBackInOrder
{
    public static void Run()
    {
        // ANCHOR: given-back-in-order
        foreach (var allocator in new[] { "talc", "wee-alloc" })
        {
            using var guest = new Guest(allocator);
            var texts = guest.Texts;
            foreach (var rounds in new[] { 0, 100, 100, 200 })
            {
                for (var round = 0; round < rounds; round++)
                {
                    var first = texts.Alloc(40_000);
                    var second = texts.Alloc(40_000);
                    texts.Dealloc(first, 40_000);
                    texts.Dealloc(second, 40_000);

                    var both = texts.Alloc(80_000);
                    texts.Dealloc(both, 80_000);
                }
                Console.WriteLine($"{allocator}: {rounds} more rounds, {guest.Pages} pages");
            }
        }
        // ANCHOR_END: given-back-in-order
    }
}
