using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sojourn.Events;

namespace Sojourn.Kinds.Visits.Leads;

/// <summary>What a lead has gathered over all its visits so far. Immutable.</summary>
/// <param name="Exact">The score with its fractions, as of <paramref name="AtUs"/>.</param>
/// <param name="AtUs">The last event that counted, microseconds UTC.</param>
public sealed record LeadScore(double Exact, [property: JsonIgnore] long AtUs)
{
    private const double DayUs = 86_400_000_000;

    /// <summary>Before the first event.</summary>
    public static LeadScore None { get; } = new(0, 0);

    /// <summary>What each rule gave so far, by its id.</summary>
    [JsonIgnore]
    public ImmutableDictionary<string, RuleGiven> Given { get; init; } =
        ImmutableDictionary<string, RuleGiven>.Empty;

    /// <summary>The score in whole points, the half away from zero.</summary>
    public long Score => (long)Math.Round(Exact, MidpointRounding.AwayFromZero);

    /// <summary>The score as of another instant, when time alone passes.</summary>
    /// <param name="timeUs">Not before <see cref="AtUs"/>, microseconds UTC.</param>
    /// <param name="halfLifeDays">Days in which it halves; null = it stays.</param>
    public LeadScore At(long timeUs, int? halfLifeDays) => halfLifeDays is { } days && AtUs > 0
        ? this with
        {
            Exact = Exact * Math.Pow(2, -(timeUs - AtUs) / (DayUs * days)),
            AtUs = timeUs,
        }
        : this with { AtUs = timeUs };

    /// <summary>What a rule gives for an event now.</summary>
    /// <param name="rule">A rule that holds for it.</param>
    /// <param name="e">The event.</param>
    public Award Judge(ScoringRule rule, Event e)
    {
        var given = Given.GetValueOrDefault(rule.Id);
        var withheld =
            given is null ? null
            : rule.Dedupe == Repetition.OncePerLead ? "once_per_lead"
            : rule.Dedupe == Repetition.OnceWithin
                && e.TimeUs - given.LastUs < rule.WithinHours * 3_600_000_000L ? "once_within"
            : Math.Abs(given.Points) >= rule.Cap ? "cap"
            : null;
        var points = withheld is not null ? 0 : Capped(rule, given?.Points ?? 0);
        return new Award(e.Id, rule.Id, rule.Name, points, withheld);
    }

    /// <summary>The score with an award; one that was withheld changes nothing.</summary>
    public LeadScore With(Award award, ScoringRule? rule, long timeUs)
    {
        if (award.Withheld is not null)
            return this;

        var given = rule is not { Remembers: true }
            ? Given
            : Given.SetItem(rule.Id, new RuleGiven(
                timeUs, (Given.GetValueOrDefault(rule.Id)?.Points ?? 0) + award.Points));
        return this with { Exact = Exact + award.Points, Given = given };
    }

    private static long Capped(ScoringRule rule, long sofar) => rule.Cap is { } cap
        ? Math.Sign(rule.Points) * Math.Min(Math.Abs(rule.Points), cap - Math.Abs(sofar))
        : rule.Points;
}

/// <summary>What a rule gave one lead so far.</summary>
/// <param name="LastUs">The last event it gave points for, microseconds UTC.</param>
/// <param name="Points">All its points together.</param>
public sealed record RuleGiven(long LastUs, long Points);
