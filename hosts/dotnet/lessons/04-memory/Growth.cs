// The memory grows while the host looks at it.

using Wasmtime;

namespace Host.Lesson04;

internal static class Growth
{
    public static void Run()
    {
        // ANCHOR: growth
        using var reserving = new Guest();
        Grow(reserving);

        using var config = new Config()
            .WithStaticMemoryMaximumSize(0)
            .WithMemoryReservationForGrowth(0);
        using var moving = new Guest(config);
        Grow(moving);

        static void Grow(Guest guest)
        {
            var (address, length) = guest.Strings.Write("signed up");
            var view = guest.Memory.GetSpan(address, (int)length);
            var start = guest.Memory.GetPointer();
            Console.WriteLine($"the view has {view.Length} bytes");

            guest.Strings.Write(new string('x', 100_000));
            var moved = guest.Memory.GetPointer() != start;
            Console.WriteLine($"after another call it has {view.Length}, and the memory "
                + (moved ? "has moved: do not touch the view" : "is where it was"));
        }
        // ANCHOR_END: growth
    }
}
