using System.Text.RegularExpressions;
using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>
/// Each promise of ARCHITECTURE.md has tests that name it: <c>[Trait("Invariant", "I4")]</c>.
/// </summary>
public sealed partial class InvariantTests
{
    // Status history and the outbox arrive with the parts that have them.
    private static readonly string[] NotYet = ["I6", "I7"];

    [Fact]
    public void Every_invariant_has_a_test_that_names_it()
    {
        var named =
            from file in Repository.CSharp("tests")
            from Match match in Named().Matches(file.CodeAndTexts)
            select match.Groups["name"].Value;

        Findings.AreNone(Listed().Except(NotYet).Except(named));
    }

    [Fact]
    public void Every_invariant_a_test_names_is_in_the_architecture()
    {
        var listed = Listed();
        var unknown =
            from file in Repository.CSharp("tests")
            from Match match in Named().Matches(file.CodeAndTexts)
            where !listed.Contains(match.Groups["name"].Value)
            select $"{file.Name} names {match.Groups["name"].Value}";

        Findings.AreNone(unknown);
    }

    // Rows of the table in ARCHITECTURE.md begin with the invariant's name.
    private static HashSet<string> Listed() =>
        [.. from Match match in Row().Matches(File.ReadAllText(Repository.At("ARCHITECTURE.md")))
            select match.Groups["name"].Value];

    [GeneratedRegex(@"Trait\(""Invariant"", ""(?<name>I\d+)""\)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| (?<name>I\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
