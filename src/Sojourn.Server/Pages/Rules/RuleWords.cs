using System.Text.RegularExpressions;

namespace Sojourn.Server.Pages.Rules;

/// <summary>Choices as rules write them.</summary>
internal static partial class RuleWords
{
    /// <summary>A choice in snake case: <c>once_per_lead</c>.</summary>
    public static string Of<T>(T choice)
        where T : struct, Enum => Hump().Replace(choice.ToString(), "_$1").ToLowerInvariant();

    /// <summary>The choice that is written so, or null.</summary>
    public static T? Find<T>(string word)
        where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(one => Of(one!.Value) == word);

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Hump();
}
