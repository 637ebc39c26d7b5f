using System.Text.RegularExpressions;
using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>Names say what a thing is; a file is found by the type it holds.</summary>
public sealed partial class NameTests
{
    // Its enum, its row, its answer: what belongs to a file's type may stand beside it.
    private const int SatelliteLinesMax = 60;

    [Fact]
    public void A_file_holds_the_type_it_is_named_after()
    {
        var wrong =
            from file in Repository.CSharp()
            let types = file.Types.Select(type => type.Name).ToList()
            where types.Count > 0 && !types.Contains(NamedAfter(file))
                && !(NamedAfter(file) == "Program" && file.Code.Contains("await"))
            select $"{file.Name} holds {string.Join(", ", types)}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void Other_types_in_a_file_are_small()
    {
        var wrong =
            from file in Repository.CSharp()
            from type in file.Types
            where type.Name != NamedAfter(file) && type.Lines > SatelliteLinesMax
            select $"{file.Name} also holds {type.Name} with {type.Lines} lines";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var wrong =
            from file in Repository.CSharp()
            from type in file.Types
            where SaysNothing().IsMatch(type.Name)
            select $"{file.Name}: {type.Name}";

        Findings.AreNone(wrong);
    }

    [Theory]
    [InlineData("SessionManager", true)]
    [InlineData("TextUtils", true)]
    [InlineData("StoreBase", true)]
    [InlineData("Base64Text", false)]
    [InlineData("Database", false)]
    [InlineData("Implied", false)]
    public void A_name_is_judged_word_by_word(string name, bool saysNothing)
    {
        Assert.Equal(saysNothing, SaysNothing().IsMatch(name));
    }

    // Part files are named Type.Part.cs.
    private static string NamedAfter(CSharpFile file) => Path.GetFileName(file.Path).Split('.')[0];

    [GeneratedRegex(@"(Manager|Helper|Util|Utility|Base|Impl)s?(?![a-z0-9])")]
    private static partial Regex SaysNothing();
}
