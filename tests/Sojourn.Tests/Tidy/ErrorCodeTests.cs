using System.Text.RegularExpressions;
using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>Every code that a sender may get stands in docs/errors.md, and no other.</summary>
[Trait("Invariant", "I11")]
public sealed partial class ErrorCodeTests
{
    [Fact]
    public void Every_code_the_program_gives_is_explained()
    {
        var explained = Explained();

        Findings.AreNone(
            from given in GivenBySource()
            where !explained.Contains(given.Key)
            select $"{given.Key} of {given.Value} is not in docs/errors.md");
    }

    [Fact]
    public void Every_code_that_is_explained_can_be_given()
    {
        var unknown = Explained().Except(GivenBySource().Keys)
            .Select(code => $"{code} is in docs/errors.md and no code gives it");

        Findings.AreNone(unknown);
    }

    private static Dictionary<string, string> GivenBySource()
    {
        var codes = new Dictionary<string, string>();
        foreach (var file in Repository.CSharp("src"))
        {
            foreach (Match match in Given().Matches(file.CodeAndTexts))
                codes.TryAdd(match.Groups["code"].Value, file.Name);
        }

        return codes;
    }

    // Rows of its tables begin with the code.
    private static HashSet<string> Explained() =>
        [.. from Match match in Row().Matches(
                File.ReadAllText(Repository.At("docs", "errors.md")))
            select match.Groups["code"].Value];

    // A refusal or a problem that is made, and the refusals of staff actions.
    [GeneratedRegex(
        @"(?:RefusalCode\s+\w+\s*=\s*new|new\s+RefusalCode)\(\s*""(?<code>[a-z_]+)""" +
        @"|(?:Problem\s+\w+\s*=\s*new|new\s+Problem|=>\s*new)\(\s*[\w.]+,\s*""(?<code>[a-z_]+)""" +
        @"|const\s+string\s+(?:Code|Invalid|NeverMatches|PointsNotWhole)\s*=\s*" +
            @"""(?<code>[a-z_]+)""" +
        @"|""(?<code>session_unknown|version_stale|transition_not_allowed|action_unknown)""")]
    private static partial Regex Given();

    [GeneratedRegex(@"^\| `(?<code>[a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
