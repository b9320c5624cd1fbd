// From lesson 3: passes text to a guest and takes text from it.

using System.Text;
using Wasmtime;

namespace Host;

/// <summary>
/// A guest's memory and the two functions that say who owns which part of it.
/// </summary>
/// <remarks>
/// Addresses and lengths are unsigned, as in the guest. Wasmtime knows WebAssembly's integers as
/// <see cref="int"/> and <see cref="long"/> alone, so the bits are cast at each call.
/// </remarks>
/// <param name="instance">
/// A guest that exports <c>memory</c>, <c>alloc</c> and <c>dealloc</c>.
/// </param>
/// <exception cref="WasmtimeException">One of the three is missing.</exception>
public sealed class Strings(Instance instance)
{
    // `Encoding.UTF8` would put U+FFFD for what is not text, without a word.
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly Func<int, int> alloc = instance.GetFunction<int, int>("alloc").Required();
    private readonly Action<int, int> dealloc = instance.GetAction<int, int>("dealloc").Required();

    /// <summary>
    /// The guest's memory. A span over it is for use at once: any call of the guest may end it.
    /// </summary>
    public Memory Memory { get; } = instance.GetMemory("memory").Required();

    /// <summary>Asks for bytes to write to: their address. They are the host's.</summary>
    /// <exception cref="TrapException">The guest has not that many.</exception>
    public uint Alloc(uint length) => (uint)alloc((int)length);

    /// <summary>Gives bytes back, once, with the length they came with.</summary>
    public void Dealloc(uint address, uint length) => dealloc((int)address, (int)length);

    // ANCHOR: write
    /// <summary>
    /// Puts a string into the guest's memory: its address and its length in bytes.
    /// </summary>
    /// <exception cref="EncoderFallbackException">Half of a surrogate pair is in it.</exception>
    public (uint Address, uint Length) Write(string text)
    {
        var length = Utf8.GetByteCount(text);
        var address = Alloc((uint)length);
        Utf8.GetBytes(text, Memory.GetSpan(address, length));
        return (address, (uint)length);
    }
    // ANCHOR_END: write

    // ANCHOR: read
    /// <summary>
    /// Copies an answer out of the guest's memory and gives its bytes back.
    /// </summary>
    /// <exception cref="InvalidDataException">The guest refused what it was given.</exception>
    /// <exception cref="DecoderFallbackException">The answer is not UTF-8.</exception>
    public string Read(ulong answer)
    {
        if (answer == 0)
        {
            throw new InvalidDataException("the guest refused the string: it is not UTF-8");
        }
        var (address, length) = Unpack(answer);
        var bytes = Memory.GetSpan(address, (int)length).ToArray();
        Dealloc(address, length);
        return Utf8.GetString(bytes);
    }
    // ANCHOR_END: read

    // ANCHOR: copy
    /// <summary>From lesson 5: copies a string that stays the guest's.</summary>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    public string Copy(uint address, uint length) =>
        Utf8.GetString(Memory.GetSpan(address, (int)length));
    // ANCHOR_END: copy

    // ANCHOR: unpack
    /// <summary>The address and the length in a packed answer.</summary>
    public static (uint Address, uint Length) Unpack(ulong answer) =>
        ((uint)(answer >> 32), (uint)answer);
    // ANCHOR_END: unpack
}
