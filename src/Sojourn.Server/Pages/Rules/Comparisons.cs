using Sojourn.Events.Rules;

namespace Sojourn.Server.Pages.Rules;

/// <summary>The words of comparisons.</summary>
internal static class Comparisons
{
    /// <summary>All of them, in the order forms offer them.</summary>
    public static IReadOnlyList<(Comparison Is, string Words)> All { get; } =
    [
        (Comparison.Equals, "is"),
        (Comparison.NotEquals, "is not"),
        (Comparison.Contains, "contains"),
        (Comparison.NotContains, "does not contain"),
        (Comparison.StartsWith, "begins with"),
        (Comparison.EndsWith, "ends with"),
        (Comparison.Like, "is like (* = anything)"),
        (Comparison.AtLeast, "is at least"),
        (Comparison.AtMost, "is at most"),
        (Comparison.Exists, "is there"),
        (Comparison.Missing, "is missing"),
        (Comparison.InNetwork, "is in the network"),
    ];

    /// <summary>One as it is written in rules: <c>at_least</c>.</summary>
    public static string NameOf(Comparison comparison) => RuleWords.Of(comparison);

    /// <summary>The one that is written so, or null.</summary>
    public static Comparison? Find(string name) => RuleWords.Find<Comparison>(name);

    /// <summary>The words of one.</summary>
    public static string WordsOf(Comparison comparison) =>
        All.First(one => one.Is == comparison).Words;
}
