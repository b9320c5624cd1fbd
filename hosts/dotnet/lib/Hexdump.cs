// From lesson 4: shows what is in a guest's memory. Knows nothing of who owns it.

using System.Text;

namespace Host;

/// <summary>Bytes as people read them.</summary>
public static class Hexdump
{
    // ANCHOR: hexdump
    // How many bytes stand in a row, as `hexdump -C` has it.
    private const int Row = 16;

    /// <summary>
    /// The bytes at an address, in rows: the address of a row, its bytes, and those of them
    /// that ASCII can print.
    /// </summary>
    public static string Of(uint address, ReadOnlySpan<byte> bytes)
    {
        var dump = new StringBuilder();
        for (var start = 0; start < bytes.Length; start += Row)
        {
            var row = bytes.Slice(start, Math.Min(Row, bytes.Length - start));
            var text = new StringBuilder();
            foreach (var value in row)
            {
                text.Append(value is >= (byte)' ' and <= (byte)'~' ? (char)value : '.');
            }
            dump.Append($"{address + start:x8}  {Hex(row),-(3 * Row - 1)}  |{text}|\n");
        }
        return dump.ToString();
    }

    /// <summary>
    /// The bytes in hexadecimal, two digits each, in the order in which they lie.
    /// </summary>
    public static string Hex(ReadOnlySpan<byte> bytes) =>
        string.Join(' ', bytes.ToArray().Select(value => $"{value:x2}"));
    // ANCHOR_END: hexdump
}
