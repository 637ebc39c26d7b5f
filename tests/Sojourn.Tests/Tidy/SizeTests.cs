using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>Sizes that keep the code readable. The lists of exceptions say why.</summary>
public sealed class SizeTests
{
    private const int FileLinesMax = 400;
    private const int LineColumnsMax = 100;
    private const int MethodLinesMax = 40;

    // "path" → why it is clearer long.
    private static readonly Dictionary<string, string> LongFiles = [];

    // "path Method" → why it is clearer long.
    private static readonly Dictionary<string, string> LongMethods = [];

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var wrong =
            from file in Repository.CSharp()
            let lines = file.Text.Count(c => c == '\n')
            where lines > FileLinesMax && !LongFiles.ContainsKey(file.Name)
            select $"{file.Name} has {lines} lines";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void No_line_is_wider_than_100_columns()
    {
        var wrong =
            from file in Repository.CSharp()
            from line in file.Text.Split('\n').Index()
            where line.Item.Length > LineColumnsMax
            select $"{file.Name}:{line.Index + 1} has {line.Item.Length} columns";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void No_method_is_longer_than_40_lines()
    {
        var wrong =
            from file in Repository.CSharp()
            from method in file.Methods
            where method.Lines > MethodLinesMax
                && !LongMethods.ContainsKey($"{file.Name} {method.Name}")
            select $"{file.Name}:{method.Line} {method.Name} has {method.Lines} lines";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void Exceptions_that_are_needed_no_more_are_taken_off_the_lists()
    {
        var files = Repository.CSharp().ToList();
        var long_ = files
            .Where(file => file.Text.Count(c => c == '\n') > FileLinesMax)
            .Select(file => file.Name)
            .Concat(
                from file in files
                from method in file.Methods
                where method.Lines > MethodLinesMax
                select $"{file.Name} {method.Name}");

        Findings.AreNone(LongFiles.Keys.Concat(LongMethods.Keys).Except(long_));
    }

    [Fact]
    public void A_method_is_measured_between_its_brackets()
    {
        var file = CSharpFile.Of(
            """
            public sealed class Made(int size)
            {
                public Made() : this(3)
                {
                    One();
                }

                private static async Task<List<int>> Two<T>(
                    T given, string text = "}")
                    where T : class
                {
                    if (given is null)
                    {
                        // }
                    }
                    return new List<int>(2)
                    {
                        1,
                    };
                }

                internal int Three(int x) =>
                    x
                    + 1;
            }
            """);

        Assert.Equal(
            [("Made", 1), ("Two", 8), ("Three", 3)],
            file.Methods.Select(method => (method.Name, method.Lines)));
    }
}
