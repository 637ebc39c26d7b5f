using System.Text.RegularExpressions;
using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>Nothing half done, swallowed or waited for by guess reaches the main branch.</summary>
public sealed partial class UnfinishedTests
{
    [Fact]
    public void Nothing_is_left_to_do_later()
    {
        var wrong =
            from path in Repository.Files(".cs", "src", "tests", "benchmarks")
                .Concat(Repository.Files(".md", "."))
                .Concat(Repository.Files(".sh", "build"))
                .Concat([Repository.At("sojourn"), Repository.At("test")])
            from line in File.ReadLines(path).Index()
            where Later().IsMatch(line.Item)
            select $"{Repository.Name(path)}:{line.Index + 1} {line.Item.Trim()}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void No_failure_is_swallowed_without_a_word()
    {
        var wrong =
            from file in Repository.CSharp()
            from Match match in Swallowed().Matches(file.CodeAndTexts)
            where !file.Text.Substring(match.Index, match.Length).Contains("//")
                || Untyped().IsMatch(match.Value)
            select $"{file.Name}:{file.LineOf(match.Index)}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void No_test_sleeps()
    {
        var wrong =
            from file in Repository.CSharp("tests")
            from Match match in Sleep().Matches(file.Code)
            select $"{file.Name}:{file.LineOf(match.Index)} {match.Value}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void No_test_is_switched_off()
    {
        var wrong =
            from file in Repository.CSharp("tests")
            from Match match in SwitchedOff().Matches(file.Code)
            select $"{file.Name}:{file.LineOf(match.Index)} {match.Value}";

        Findings.AreNone(wrong);
    }

    // Written in halves, so that this file passes.
    [GeneratedRegex(@"\b(TO" + "DO|FIX" + "ME|HA" + @"CK)\b|NotImplemented" + "Exception")]
    private static partial Regex Later();

    [GeneratedRegex(@"\bcatch\b[^{}]*\{\s*\}")]
    private static partial Regex Swallowed();

    [GeneratedRegex(@"^catch\s*\{")]
    private static partial Regex Untyped();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bTask\.Delay\b|\bSpinWait\b|\bThread\.SpinWait\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\[(Fact|Theory)\([^)]*\bSkip\s*=")]
    private static partial Regex SwitchedOff();
}
