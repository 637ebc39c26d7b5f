using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sojourn.Kinds.Visits.Leads;

namespace Sojourn.Kinds.Visits;

/// <summary>What is known of a visit beyond what every session has.</summary>
public sealed record Visit
{
    /// <summary>Most steps of a path.</summary>
    public const int PathMax = 6;

    /// <summary>Sum of the points its events gave, without decay.</summary>
    public long Points { get; init; }

    /// <summary>Events that say what was done rather than what was seen.</summary>
    public int BusinessEvents { get; init; }

    /// <summary>By which channel it came.</summary>
    public required ChannelFound Channel { get; init; }

    /// <summary>
    /// The names of its first steps up to the conversion, none twice in a row; at most
    /// <see cref="PathMax"/>.
    /// </summary>
    public ImmutableArray<string> Path { get; init; } = [];

    /// <summary>The event that converted it first, or null.</summary>
    public Goal? Goal { get; init; }

    /// <summary>What it tells of the person's intent.</summary>
    public IntentFound Intent => Trail.Judge(Events, FirstEvent);

    /// <summary>Which event gave which points by which rule, in order of events.</summary>
    public ImmutableList<Award> Awards { get; init; } = [];

    /// <summary>The lead's score after it; null when the project has no scoring rules.</summary>
    public LeadScore? Lead { get; init; }

    /// <summary>The rules all this was derived by.</summary>
    public required RuleVersions RulesVersion { get; init; }

    /// <summary>Events that count.</summary>
    [JsonIgnore]
    internal int Events { get; init; }

    /// <summary>The id of the first of them.</summary>
    [JsonIgnore]
    internal string FirstEvent { get; init; } = "";

    /// <summary>When that one was, microseconds UTC.</summary>
    [JsonIgnore]
    internal long StartedUs { get; init; }

    /// <summary>How far it has come on the way to each intent.</summary>
    [JsonIgnore]
    internal IntentTrail Trail { get; init; } = VisitRules.Default.Start;
}

/// <summary>A conversion.</summary>
/// <param name="Name">Its step, e.g. <c>Demo request</c>.</param>
/// <param name="Event">The event's id.</param>
/// <param name="AfterUs">Time since the visit's start, microseconds.</param>
public sealed record Goal(string Name, string Event, long AfterUs);

/// <summary>The statuses of a visit.</summary>
public static class VisitStatus
{
    /// <summary>The person may still go on.</summary>
    public const string Active = "active";

    /// <summary>It is over.</summary>
    public const string Ended = "ended";

    /// <summary>A conversion is in it.</summary>
    public const string Converted = "converted";
}
