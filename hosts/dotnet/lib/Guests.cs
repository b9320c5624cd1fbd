// From lesson 1: finds a guest's file and compiles it.

using Wasmtime;
using Wasmtime.Components;

namespace Host;

/// <summary>The guests that were built for the lessons.</summary>
public static class Guests
{
    // The environment's word, else the folder that Directory.Build.props names.
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("GUESTS") ?? (string)AppContext.GetData("Guests")!;

    // ANCHOR: load
    /// <summary>
    /// Compiles a guest, <c>03-strings</c>, or one of its variants, <c>03-strings.variant</c>.
    /// </summary>
    /// <exception cref="FileNotFoundException">The guest was not built.</exception>
    /// <exception cref="WasmtimeException">The file is not a WebAssembly module.</exception>
    public static Module Load(Engine engine, string name) =>
        Module.FromFile(engine, Find(name));
    // ANCHOR_END: load

    // ANCHOR: load-component
    /// <summary>From lesson 8: compiles a component, <c>08-wit.component</c>.</summary>
    /// <exception cref="FileNotFoundException">The guest was not built.</exception>
    /// <exception cref="WasmtimeException">The file is not a component.</exception>
    public static Component LoadComponent(Engine engine, string name) =>
        Component.FromBytes(engine, File.ReadAllBytes(Find(name)));
    // ANCHOR_END: load-component

    private static string Find(string name)
    {
        var file = Path.GetFullPath($"{Folder}/{name}.wasm");
        return File.Exists(file)
            ? file
            : throw new FileNotFoundException(
                $"{file} cannot be loaded: `just lesson` builds it", file);
    }
}
