// What `Guests` says of a guest that is not there.

using Wasmtime;
using Xunit;

namespace Host.Tests;

public class GuestsTests
{
    [Fact]
    public void A_guest_that_was_not_built_is_named_with_what_builds_it()
    {
        using var engine = new Engine();
        var missing = Assert.Throws<FileNotFoundException>(() => Guests.Load(engine, "no-guest"));
        Assert.EndsWith("no-guest.wasm", missing.FileName, StringComparison.Ordinal);
        Assert.Equal(
            $"{missing.FileName} cannot be loaded: `just lesson` builds it", missing.Message);
    }

    [Fact]
    public void A_module_is_no_component()
    {
        using var engine = new Engine();
        var error = Assert.Throws<WasmtimeException>(() => Guests.LoadComponent(engine, "08-wit"));
        Assert.EndsWith(
            "attempted to parse a wasm module with a component parser\n", error.Message, StringComparison.Ordinal);
    }
}
