using System.Text.RegularExpressions;
using Xunit;

namespace Sojourn.Tests.Tidy;

/// <summary>What the documentation points at is there.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_link_between_pages_leads_somewhere()
    {
        var wrong =
            from path in Repository.Files(".md", ".")
            from Match match in Link().Matches(File.ReadAllText(path))
            let target = match.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal)
            where !LeadsSomewhere(path, target)
            select $"{Repository.Name(path)} links to {target}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void Every_page_the_code_names_is_there()
    {
        var wrong =
            from file in Repository.CSharp()
            from Match match in Page().Matches(file.Text)
            where !File.Exists(Repository.At(match.Value.Split('/')))
            select $"{file.Name}:{file.LineOf(match.Index)} names {match.Value}";

        Findings.AreNone(wrong);
    }

    [Fact]
    public void Every_decision_is_in_the_list_of_decisions()
    {
        var list = File.ReadAllText(Repository.At("docs", "decisions", "README.md"));
        var wrong =
            from path in Repository.Files(".md", "docs/decisions")
            let name = Path.GetFileName(path)
            where name != "README.md" && !list.Contains($"({name})", StringComparison.Ordinal)
            select Repository.Name(path);

        Findings.AreNone(wrong);
    }

    private static bool LeadsSomewhere(string from, string target)
    {
        var parts = target.Split('#');
        var page = parts[0].Length == 0
            ? from
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, parts[0]));
        if (parts.Length == 1 || !File.Exists(page))
            return File.Exists(page) || Directory.Exists(page);

        return Heading().Matches(File.ReadAllText(page))
            .Any(match => AnchorOf(match.Groups["text"].Value) == parts[1]);
    }

    // As GitHub makes them: lower case, spaces to hyphens, other signs away.
    private static string AnchorOf(string heading) =>
        NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bdocs/[\w/-]+\.md")]
    private static partial Regex Page();

    [GeneratedRegex(@"^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NotInAnchor();
}
