// Programs are found by name alone.

using Xunit;

namespace Host.Tests;

public class ProgramTests
{
    [Theory]
    [InlineData("main")]
    [InlineData("invalid-utf8")]
    [InlineData("use-after-free")]
    public void A_program_is_found_by_its_lesson_and_name(string program) =>
        Assert.NotNull(Program.Find("03-strings", program));

    [Theory]
    [InlineData("03-strings", "no-such-case")]
    [InlineData("99-none", "main")]
    [InlineData("03-strings", "guest")]
    [InlineData("", "")]
    public void What_is_no_program_is_not_found(string lesson, string program) =>
        Assert.Null(Program.Find(lesson, program));
}
