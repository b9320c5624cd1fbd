// Lesson 4 in C#: what is where in the guest's memory.

using System.Text;
using Wasmtime;

namespace Host.Lesson04;

internal static class Main
{
    public static void Run()
    {
        using var guest = new Guest();
        var strings = guest.Strings;
        var memory = guest.Memory;

        // ANCHOR: size
        var page = Memory.PageSize;
        var size = memory.GetLength();
        Console.WriteLine(
            $"1. the memory has {memory.GetSize()} pages of {page} bytes: {size} bytes");
        // ANCHOR_END: size

        // ANCHOR: stack
        var local = guest.Ask("address_of_local");
        var bytes = Hexdump.Hex(memory.GetSpan(local, 4));
        Console.WriteLine($"2. a local is at {local} and reads {bytes}");
        // ANCHOR_END: stack

        // ANCHOR: data
        var api = guest.Ask("address_of_static");
        // As long as `API` in the guest.
        var text = Encoding.UTF8.GetString(memory.GetSpan(api, 24));
        Console.WriteLine($"3. a static is at {api} and reads {text}");
        // ANCHOR_END: data

        // ANCHOR: ends
        var dataEnd = guest.Global("__data_end");
        var heapBase = guest.Global("__heap_base");
        Console.WriteLine($"4. the data ends at {dataEnd}, the heap may begin at {heapBase}");
        // ANCHOR_END: ends

        // ANCHOR: heap
        var (address, length) = strings.Write("signed up");
        Console.WriteLine(
            $"5. alloc gave {address} ({address:x8}), and the memory has {memory.GetSize()} pages");
        // ANCHOR_END: heap

        // ANCHOR: dump
        guest.Capture(address, length);
        Console.WriteLine("6. the string and the answer, in memory:");
        var row = address - address % 16;
        Console.Write(Hexdump.Of(row, memory.GetSpan(row, 48)));
        // ANCHOR_END: dump

        // ANCHOR: grow
        var large = strings.Alloc(1_000_000);
        Console.WriteLine($"7. with 1000000 bytes more it has {memory.GetSize()} pages");
        // ANCHOR_END: grow

        // ANCHOR: shrink
        strings.Dealloc(large, 1_000_000);
        Console.WriteLine($"8. with those given back it has {memory.GetSize()} pages");
        // ANCHOR_END: shrink
    }
}
