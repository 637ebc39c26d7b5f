using Sojourn.Sessions;

namespace Sojourn.Server.Rules;

/// <summary>What other rules would change.</summary>
public sealed record RulePreview
{
    /// <summary>Sessions that began before this were left out; null = none were.</summary>
    public required long? SinceUs { get; init; }

    /// <summary>Sessions looked at.</summary>
    public required long Sessions { get; init; }

    /// <summary>Sessions of which any value would be another.</summary>
    public required long Changed { get; init; }

    /// <summary>For each field that would change, in how many sessions.</summary>
    public required IReadOnlyDictionary<string, long> Fields { get; init; }

    /// <summary>Words that would become others, the most frequent first.</summary>
    public required IReadOnlyList<RuleMove> Moves { get; init; }

    /// <summary>Suppressed sessions now.</summary>
    public required long HiddenBefore { get; init; }

    /// <summary>Suppressed sessions then.</summary>
    public required long HiddenAfter { get; init; }

    /// <summary>
    /// What it would do to leads' scores; null when the list has none.
    /// </summary>
    public required LeadChanges? Leads { get; init; }

    /// <summary>How long it took to find out.</summary>
    public TimeSpan Took { get; init; }
}

/// <summary>Sessions of which one word would become another.</summary>
/// <param name="Field">Which field, e.g. <c>reason</c> or <c>status</c>.</param>
/// <param name="Before">The word now; null = unknown.</param>
/// <param name="After">The word then; null = unknown.</param>
/// <param name="Sessions">In how many sessions.</param>
/// <param name="Examples">
/// Some of them, in the order they began, at most <see cref="ExamplesMax"/>.
/// </param>
public sealed record RuleMove(
    string Field, string? Before, string? After, long Sessions, IReadOnlyList<SessionId> Examples)
{
    /// <summary>Most examples of a move.</summary>
    public const int ExamplesMax = 5;
}

/// <summary>Leads by what happens to their score, as it is after their last visit.</summary>
/// <param name="Up">Leads with a greater one.</param>
/// <param name="Down">Leads with a smaller one.</param>
/// <param name="Unchanged">All others.</param>
/// <param name="MeanChange">The mean over all of them, in points.</param>
public sealed record LeadChanges(long Up, long Down, long Unchanged, decimal MeanChange);
