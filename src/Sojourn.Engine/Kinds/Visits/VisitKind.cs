using System.Collections.Immutable;
using Sojourn.Events;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Visits;

/// <summary>All activity of one person with no gap as long as the timeout.</summary>
public sealed class VisitKind : SessionKind<Visit>
{
    /// <summary>Sum of the points its events gave; 0 when all of it is suppressed.</summary>
    public static readonly Field Points = new("points", FieldType.Number);

    /// <summary>Events that say what was done rather than what was seen.</summary>
    public static readonly Field BusinessEvents = new("business_events", FieldType.Number);

    /// <summary>By which channel it came.</summary>
    public static readonly Field Channel = new("channel", FieldType.Category) { Counted = true };

    /// <summary>What it tells of the person's intent.</summary>
    public static readonly Field Intent = new("intent", FieldType.Category)
    {
        Counted = true,
        Words = IntentRule.Words,
    };

    /// <summary>The conversion in it; null = none.</summary>
    public static readonly Field Goal = new("goal", FieldType.Category) { Counted = true };

    /// <summary>Its first steps.</summary>
    public static readonly Field Path = new("step", FieldType.Path);

    /// <summary>Time from its start to the conversion, microseconds; null = none.</summary>
    public static readonly Field ConvertedAfter = new("converted_after", FieldType.Number);

    /// <summary>The lead's score after it; null without scoring rules.</summary>
    public static readonly Field Score = new("score", FieldType.Number);

    /// <summary>The level of that score; null without scoring rules.</summary>
    public static readonly Field Level = new("level", FieldType.Category) { Counted = true };

    // What a client does by itself is neither a step nor a business event.
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        EventNames.Identify, EventNames.Alias, "page_hidden", "page_visible", "group",
        "form_field", "form_error", "checkout_field", "checkout_error", "checkout_updated",
        "checkout_signal", "checkout_left",
    };

    private readonly VisitRules _rules;

    /// <summary>With the rules that ship.</summary>
    public VisitKind()
        : this(VisitRules.Default)
    {
    }

    private VisitKind(VisitRules rules) => _rules = rules;

    /// <inheritdoc/>
    public override string Name => "visit";

    /// <inheritdoc/>
    public override char IdPrefix => 'v';

    /// <inheritdoc/>
    public override bool ByPerson => true;

    /// <inheritdoc/>
    public override bool Remembers => _rules.Scoring.Rules.Count > 0;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields { get; } =
        [Points, BusinessEvents, Channel, Intent, Goal, Path, ConvertedAfter, Score, Level];

    /// <inheritdoc/>
    public override SessionKind For(ProjectSettings settings)
    {
        var rules = VisitRules.Of(settings);
        return rules == _rules ? this : new VisitKind(rules);
    }

    /// <inheritdoc/>
    public override string? RefusalOf(Session session, StaffAction action, long nowUs) =>
        action.Type switch
        {
            ActionTypes.Status => "transition_not_allowed",
            ActionTypes.Archive when session.Lifecycle.StatusAt(nowUs) == VisitStatus.Active =>
                "transition_not_allowed",
            _ => null,
        };

    /// <inheritdoc/>
    protected override Visit First(Event first, ProjectSettings settings, Visit? before)
    {
        var visit = new Visit
        {
            Channel = _rules.Channels.Of(first),
            Lead = Remembers ? before?.Lead ?? LeadScore.None : null,
            RulesVersion = _rules.Versions,
            FirstEvent = first.Id,
            StartedUs = first.TimeUs,
            Trail = _rules.Start,
        };
        return Next(visit, first, settings);
    }

    /// <inheritdoc/>
    protected override Visit Next(Visit detail, Event next, ProjectSettings settings)
    {
        var step = _rules.Steps.StepOf(next);
        var isGoal = step?.Topic == JourneySet.Goal;
        var tally = new Tally(detail).Take(_rules.Scoring, next);
        return detail with
        {
            Events = detail.Events + 1,
            BusinessEvents = detail.BusinessEvents + (IsBusiness(next) ? 1 : 0),
            Points = tally.Points,
            Awards = tally.Awards,
            Lead = tally.Lead,
            Path = detail.Goal is null ? Walk(detail.Path, next, step, isGoal) : detail.Path,
            Goal = detail.Goal ?? (isGoal
                ? new Goal(step!.Name, next.Id, next.TimeUs - detail.StartedUs)
                : null),
            Trail = step?.Topic is { } topic ? detail.Trail.With(next, topic) : detail.Trail,
        };
    }

    /// <inheritdoc/>
    protected override Lifecycle Judge(
        Visit detail, SessionSpan span, ProjectSettings settings)
    {
        var ended = detail.Goal is null ? VisitStatus.Ended : VisitStatus.Converted;
        var active = detail.Goal is null ? VisitStatus.Active : VisitStatus.Converted;
        return span.EndedBy != SessionEdge.Open
            ? Lifecycle.Settled(ended, span.EndedBy)
            : new Lifecycle(
                active,
                SessionEdge.Open,
                span.LastSeenUs + Micros.From(settings.Timeout),
                ended,
                SessionEdge.Idle);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<object?> Values(Visit detail, SessionSpan span)
    {
        var counts = span.SuppressedBy is null;
        var score = counts ? detail.Lead?.Score : null;
        return
        [
            counts ? detail.Points : 0L,
            (long)detail.BusinessEvents,
            detail.Channel.Channel,
            detail.Intent.Intent,
            detail.Goal?.Name,
            detail.Path.AsSpan().ToArray(),
            detail.Goal?.AfterUs,
            score,
            score is { } known ? _rules.Scoring.LevelOf(known) : null,
        ];
    }

    // A visit that begins with its conversion has that as its only step.
    private static ImmutableArray<string> Walk(
        ImmutableArray<string> path, Event next, JourneyStep? step, bool isGoal)
    {
        if (path.Length == Visit.PathMax || (isGoal && path.Length > 0)
            || (step is null && Silent.Contains(next.Name)))
        {
            return path;
        }

        var name = JourneySet.NameOf(next, step);
        return path.Length > 0 && path[^1] == name ? path : path.Add(name);
    }

    private static bool IsBusiness(Event e) =>
        !EventNames.IsView(e.Name) && !EventNames.IsMail(e.Name) && !Silent.Contains(e.Name)
        && e.Name is not ['$', ..];

    /// <summary>Points while one more event is taken.</summary>
    private readonly record struct Tally(
        long Points, ImmutableList<Award> Awards, LeadScore? Lead)
    {
        public Tally(Visit visit)
            : this(visit.Points, visit.Awards, visit.Lead)
        {
        }

        public Tally Take(ScoringSet scoring, Event e)
        {
            var tally = this with { Lead = Lead?.At(e.TimeUs, scoring.HalfLifeDays) };
            if (PointsOf(e) is not 0 and var told)
            {
                tally = tally.With(
                    new Award(e.Id, Award.Told, "Points of the event", told, null), null, e);
            }

            foreach (var rule in scoring.Rules)
            {
                if (rule.Holds(e))
                    tally = tally.With(tally.Lead!.Judge(rule, e), rule, e);
            }

            return tally;
        }

        private Tally With(Award award, ScoringRule? rule, Event e) =>
            award.Withheld is not null && Awards.Exists(one =>
                one.Rule == award.Rule && one.Withheld is not null)
                    ? this
                    : new Tally(
                        Points + award.Points,
                        Awards.Add(award),
                        Lead?.With(award, rule, e.TimeUs));

        private static long PointsOf(Event e) =>
            e.Properties.Number("points") is { } points
                && points == decimal.Truncate(points)
                && Math.Abs(points) <= int.MaxValue
                ? (long)points
                : 0;
    }
}
