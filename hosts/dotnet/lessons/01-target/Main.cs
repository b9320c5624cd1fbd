// Lesson 1 in C#: a module, and instances of it.

using Wasmtime;

namespace Host.Lesson01;

internal static class Main
{
    public static void Run()
    {
        // ANCHOR: imports
        using var engine = new Engine();
        using var module = Guests.Load(engine, "01-target");
        Console.WriteLine($"1. the module has {module.Imports.Count} imports");
        // ANCHOR_END: imports

        // ANCHOR: exports
        var exports = module.Exports.Select(export => $"{export.Name} ({Kind(export)})");
        Console.WriteLine($"2. it exports {string.Join(", ", exports)}");
        // ANCHOR_END: exports

        // ANCHOR: instance
        using var store = new Store(engine);
        var first = new Instance(store, module);
        var memory = first.GetMemory("memory").Required();
        Console.WriteLine(
            $"3. an instance has {memory.GetSize()} pages of memory, {memory.GetLength()} bytes");
        // ANCHOR_END: instance

        // ANCHOR: second
        var second = new Instance(store, module);
        var other = second.GetMemory("memory").Required();
        memory.WriteByte(100, 42);
        Console.WriteLine(
            $"4. byte 100 is {memory.ReadByte(100)} in the first instance and {other.ReadByte(100)} in the second");
        // ANCHOR_END: second
    }

    /// <summary>What kind of thing an export is.</summary>
    private static string Kind(Export export) => export switch
    {
        FunctionExport => "function",
        MemoryExport => "memory",
        GlobalExport => "global",
        _ => "something else",
    };
}
