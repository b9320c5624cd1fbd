// Text through the guest of lesson 3, and through guests that do what it never does.

using System.Text;
using System.Text.Json;
using Xunit;

namespace Host.Tests;

public class StringsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("signed up")]
    [InlineData("Łódź")]
    [InlineData("🚀🚀🚀 𠈄𓀀")]
    [InlineData("a\0b")]
    [InlineData("say \"hi\" \\ \n")]
    [InlineData("\ufeffa byte order mark is text")]
    public void Every_text_survives_the_round_trip(string name)
    {
        using var guest = new Lesson03.Guest();
        var (address, length) = guest.Strings.Write(name);
        using var json = JsonDocument.Parse(guest.Strings.Read(guest.Capture(address, length)));
        Assert.Equal(name, json.RootElement.GetProperty("event").GetString());
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xf0, 0x9f, 0x9a })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    public void Bytes_that_are_not_UTF8_are_refused(byte[] bytes)
    {
        using var guest = new Lesson03.Guest();
        var length = (uint)bytes.Length;
        var address = guest.Strings.Alloc(length);
        bytes.CopyTo(guest.Strings.Memory.GetSpan(address, bytes.Length));
        var refusal = Assert.Throws<InvalidDataException>(
            () => guest.Strings.Read(guest.Capture(address, length)));
        Assert.Equal("the guest refused the string: it is not UTF-8", refusal.Message);
    }

    // Facts, since an attribute's arguments are stored as UTF-8 and cannot hold such a string either.
    [Fact]
    public void A_high_surrogate_alone_is_refused_before_anything_is_allocated() =>
        AssertRefusedBeforeAllocation("a\ud800b");

    [Fact]
    public void A_low_surrogate_alone_is_refused_before_anything_is_allocated() =>
        AssertRefusedBeforeAllocation("a\udc00");

    [Fact]
    public void What_is_given_back_is_used_again()
    {
        using var guest = new Lesson03.Guest();
        Capture(guest);
        var before = guest.Strings.Memory.GetSize();
        for (var call = 0; call < 10_000; call++)
        {
            Capture(guest);
        }
        Assert.Equal(before, guest.Strings.Memory.GetSize());
    }

    [Fact]
    public void Text_above_two_gibibytes_is_written_and_read_at_its_own_address()
    {
        // 2 GiB and one page; what is not touched takes no memory.
        using var guest = new Wat("""
            (module
              (memory (export "memory") 32769)
              (func (export "alloc") (param i32) (result i32) i32.const 0x80000000)
              (func (export "dealloc") (param i32 i32)))
            """);
        var strings = new Strings(guest.Instance);
        var (address, length) = strings.Write("Łódź");
        Assert.Equal((0x8000_0000, 7u), (address, length));
        Assert.Equal("Łódź", strings.Read((ulong)address << 32 | length));
    }

    [Theory]
    [InlineData(0x0000_0001_0000_0002, 1u, 2u)]
    [InlineData(0x8000_0000_0000_0009, 0x8000_0000, 9u)]
    [InlineData(0xffff_fff0_8000_0001, 0xffff_fff0, 0x8000_0001)]
    [InlineData(ulong.MaxValue, uint.MaxValue, uint.MaxValue)]
    public void An_answer_unpacks_into_unsigned_halves(ulong answer, uint address, uint length) =>
        Assert.Equal((address, length), Strings.Unpack(answer));

    [Fact]
    public void An_answer_outside_the_memory_is_refused()
    {
        using var guest = new Lesson03.Guest();
        Assert.Throws<ArgumentException>(() => guest.Strings.Read(0xffff_0000_0000_0004));
    }

    private static void AssertRefusedBeforeAllocation(string text)
    {
        using var guest = new Wat("""
            (module
              (memory (export "memory") 1)
              (func (export "alloc") (param i32) (result i32) unreachable)
              (func (export "dealloc") (param i32 i32) unreachable))
            """);
        var strings = new Strings(guest.Instance);
        Assert.Throws<EncoderFallbackException>(() => strings.Write(text));
    }

    private static void Capture(Lesson03.Guest guest)
    {
        var (address, length) = guest.Strings.Write("signed up");
        var answer = guest.Capture(address, length);
        guest.Strings.Dealloc(address, length);
        guest.Strings.Read(answer);
    }
}
