// From lesson 2: what a guest must export.

using System.Runtime.CompilerServices;
using Wasmtime;

namespace Host;

/// <summary>Turns an export that was not found into an error that says which.</summary>
public static class Exports
{
    /// <summary>
    /// The export that was looked up. Wasmtime answers <see langword="null"/> alike for a name that
    /// is not exported and for a function whose type is different.
    /// </summary>
    /// <exception cref="WasmtimeException">There is none.</exception>
    public static T Required<T>(
        this T? export, [CallerArgumentExpression(nameof(export))] string lookup = "")
        where T : class =>
        export ?? throw new WasmtimeException(
            $"{lookup}: no export has this name and type");
}
