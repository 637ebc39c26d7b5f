using System.Text.Json.Serialization;
using Sojourn.Events;
using Sojourn.Events.Rules;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>Events that meet a condition give points.</summary>
public sealed record ScoringRule
{
    /// <summary>Greatest points of one event, and least below zero.</summary>
    public const int PointsMax = 100_000;

    /// <summary>Longest time between two awards of a rule, hours: a year.</summary>
    public const int WithinHoursMax = 8_784;

    /// <summary>Names it in evidence, unique in its set; 1 to 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Which events.</summary>
    public required EventCondition When { get; init; }

    /// <summary>What each gives; never 0.</summary>
    public required int Points { get; init; }

    /// <summary>How often one lead gets them.</summary>
    public Repetition Dedupe { get; init; }

    /// <summary>With <see cref="Repetition.OnceWithin"/>: the hours; else null.</summary>
    public int? WithinHours { get; init; }

    /// <summary>
    /// The most points one lead gets by this rule, without regard to sign; null = no bound.
    /// </summary>
    public int? Cap { get; init; }

    /// <summary>Events before this give nothing; null = no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Events from this on give nothing; null = no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>False while it is switched off.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>True when what a lead got before matters.</summary>
    [JsonIgnore]
    public bool Remembers => Dedupe != Repetition.Always || Cap is not null;

    /// <summary>True when an event meets it, repetition and cap aside.</summary>
    public bool Holds(Event e) =>
        Enabled
        && !(From is { } from && e.TimeUs < Micros.From(from))
        && !(To is { } to && e.TimeUs >= Micros.From(to))
        && When.Holds(e);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal RuleFault? FaultAt(string field) =>
        Id is not { Length: >= 1 and <= 40 } || Name is not { Length: >= 1 and <= 100 }
            ? new(RuleFault.Invalid, field + ".name", "The rule lacks an id or a name.",
                "Give it an id of up to 40 and a name of up to 100 characters.")
        : When is null or { Events.Count: 0, Where.Count: 0 }
            ? new(RuleFault.Invalid, field + ".when", "The rule is about no event in particular.",
                "Name an event or test a property.")
        : Points is 0 or > PointsMax or < -PointsMax
            ? new(RuleFault.PointsNotWhole, field + ".points", "The points are 0 or out of range.",
                $"Use a whole number from -{PointsMax} to {PointsMax}, but not 0.")
        : Cap is <= 0 || Math.Abs(Points) > Cap
            ? new(RuleFault.NeverMatches, field + ".cap",
                "The cap is below what one event gives, so the rule never gives its points.",
                "Raise the cap, or leave it out.")
        : From >= To
            ? new(RuleFault.NeverMatches, field + ".to",
                "The range ends before it begins, so the rule never matches.",
                "Swap the two times.")
        : Dedupe == Repetition.OnceWithin != WithinHours is >= 1 and <= WithinHoursMax
            ? new(RuleFault.Invalid, field + ".within_hours",
                "Hours belong to once_within, and once_within needs them.",
                $"Use 1 to {WithinHoursMax} hours with once_within, else none.")
        : When.FaultAt(field + ".when");
}

/// <summary>How often a rule gives one lead its points. On the wire in snake case.</summary>
public enum Repetition
{
    /// <summary>For every event.</summary>
    Always = 0,

    /// <summary>For the first event only.</summary>
    OncePerLead,

    /// <summary>Not again for so many hours after the last award.</summary>
    OnceWithin,
}
