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
            var strings = guest.Strings;
            var first = strings.Write("signed up");
            strings.Dealloc(first.Address, first.Length);
            var second = strings.Write("logged in");
            strings.Dealloc(first.Address, first.Length);
            strings.Write("cancelled");

            var bytes = strings.Memory.GetSpan(second.Address, (int)second.Length);
            Console.WriteLine(
                $"{allocator}: \"logged in\" now reads \"{Encoding.UTF8.GetString(bytes)}\"");
        }
        // ANCHOR_END: double-dealloc
    }
}
