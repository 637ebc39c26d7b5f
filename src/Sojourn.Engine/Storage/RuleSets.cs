using Sojourn.Events.Rules;
using Sojourn.Sessions;

namespace Sojourn.Storage;

/// <summary>
/// The documents that decide about sessions: a project's sets of rules, each kept under its
/// name. When one changes, the store makes all sessions anew before it answers.
/// </summary>
public static class RuleSets
{
    /// <summary>The collection they are in.</summary>
    public const string Collection = "rules";

    /// <summary>Where a set is kept.</summary>
    public static DocumentPlace PlaceOf(string project, string name) =>
        new(project, Collection, name);

    /// <summary>The settings with the rules that are saved.</summary>
    internal static ProjectSettings With(
        this ProjectSettings settings, IReadOnlyCollection<Document> rules)
    {
        if (rules.Count == 0)
            return settings with { Rules = ProjectSettings.Default.Rules };

        var texts = new SortedDictionary<string, RuleText>(StringComparer.Ordinal);
        foreach (var document in rules)
            texts[document.Place.Id] = new RuleText(document.Version, document.Json);
        return settings with { Rules = texts };
    }

    internal static bool Holds(DocumentPlace place) =>
        place is { Project: not null, Collection: Collection };
}
