// Runs one program of one lesson: `Host 03-strings characters`.
//
// Knows no lesson. A program is a class with a static method `Run`, found by its name:
// `03-strings characters` is `Host.Lesson03.Characters`.

using System.Text;

namespace Host;

internal static class Program
{
    private static int Main(string[] args)
    {
        // Windows would write in the console's code page.
        Console.OutputEncoding = Encoding.UTF8;
        if (args is not [var lesson, var program])
        {
            return Fail("a lesson and a program are expected, as in `03-strings main`");
        }
        if (Find(lesson, program) is not { } run)
        {
            return Fail(
                $"`{lesson} {program}` is not a program: {ClassOf(lesson, program)} has no Run");
        }
        try
        {
            run();
            return 0;
        }
        catch (FileNotFoundException missing)
        {
            return Fail(missing.Message);
        }
    }

    /// <summary>The program of this name, or <see langword="null"/> if there is none.</summary>
    internal static Action? Find(string lesson, string program)
    {
        var type = typeof(Program).Assembly.GetType(ClassOf(lesson, program));
        return type?.GetMethod("Run")?.CreateDelegate<Action>();
    }

    private static string ClassOf(string lesson, string program)
    {
        var words = program.Split('-', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return $"Host.Lesson{lesson.Split('-')[0]}.{name}";
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return 1;
    }
}
