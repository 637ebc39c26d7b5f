using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Server.Rules;

namespace Sojourn.Server.Pages.Rules;

/// <summary>Everything the page of scoring rules shows.</summary>
public sealed record ScoringScreen
{
    /// <summary>The rules in force.</summary>
    public required RuleText Current { get; init; }

    /// <summary>The same, read.</summary>
    public required ScoringSet Set { get; init; }

    /// <summary>What was saved before, newest first.</summary>
    public required IReadOnlyList<RuleVersion> Versions { get; init; }

    /// <summary>The rule that is being written; null = none.</summary>
    public RuleDraft? Draft { get; init; }

    /// <summary>What the draft would change; null = nobody asked.</summary>
    public RulePreview? Preview { get; init; }

    /// <summary>What is wrong with what was sent; null = nothing.</summary>
    public RuleFault? Fault { get; init; }

    /// <summary>Names of events in the draft that never occurred.</summary>
    public IReadOnlyList<string> NeverSeen { get; init; } = [];

    /// <summary>True when the reader may change rules.</summary>
    public required bool MayChange { get; init; }
}
