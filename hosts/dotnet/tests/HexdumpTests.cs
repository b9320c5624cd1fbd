// How bytes are shown.

using Xunit;

namespace Host.Tests;

public class HexdumpTests
{
    [Fact]
    public void A_row_that_is_not_full_keeps_its_columns() =>
        Assert.Equal(
            "00110000  61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70  |abcdefghijklmnop|\n"
                + "00110010  00 7e 7f                                         |.~.|\n",
            Hexdump.Of(0x11_0000, "abcdefghijklmnop\0~\x7f"u8));
}
