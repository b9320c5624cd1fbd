// The host gives the same bytes back twice.

using System.Text;

namespace Host.Lesson06;

internal static class DoubleDealloc
{
    public static void Run()
    {
        // ANCHOR: double-dealloc
        foreach (var allocator in new[] { "dlmalloc", "talc", "wee-alloc" })
        {
            using var guest = new Guest(allocator);
            var texts = guest.Texts;
            var first = texts.Write("signed up");
            texts.Dealloc(first.Address, first.Length);
            var second = texts.Write("logged in");
            texts.Dealloc(first.Address, first.Length);
            texts.Write("cancelled");

            var bytes = texts.Memory.GetSpan(second.Address, (int)second.Length);
            Console.WriteLine(
                $"{allocator}: \"logged in\" now reads \"{Encoding.UTF8.GetString(bytes)}\"");
        }
        // ANCHOR_END: double-dealloc
    }
}
