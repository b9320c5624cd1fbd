// What `Required` finds, and what it says where there is nothing.

using Wasmtime;
using Xunit;

namespace Host.Tests;

public class ExportsTests
{
    private const string Add = """
        (module (func (export "add") (param i32 i32) (result i32) i32.const 0))
        """;

    [Fact]
    public void An_export_of_the_right_name_and_type_is_found()
    {
        using var guest = new Wat(Add);
        Assert.Equal(0, guest.Instance.GetFunction<int, int, int>("add").Required()(1, 2));
    }

    [Fact]
    public void A_missing_export_is_named_with_the_type_that_was_sought()
    {
        using var guest = new Wat(Add);
        var instance = guest.Instance;
        var error = Assert.Throws<WasmtimeException>(
            () => instance.GetFunction<int, int>("alloc").Required());
        Assert.Equal(
            "instance.GetFunction<int, int>(\"alloc\"): no export has this name and type",
            error.Message);
    }

    [Fact]
    public void A_function_of_another_type_is_not_found()
    {
        using var guest = new Wat(Add);
        Assert.Throws<WasmtimeException>(
            () => guest.Instance.GetFunction<long, long, long>("add").Required());
    }
}
