using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Visits;

/// <summary>All activity of one person with no gap as long as the timeout.</summary>
public sealed class VisitKind : SessionKind<Visit>
{
    /// <summary>Sum of the points its events carry.</summary>
    public static readonly Field Points = new("points", FieldType.Number);

    /// <summary>Events that say what was done rather than what was seen.</summary>
    public static readonly Field BusinessEvents = new("business_events", FieldType.Number);

    // What a page, a mail or a client does by itself is no business event.
    private static readonly HashSet<string> Plumbing = new(StringComparer.Ordinal)
    {
        EventNames.PageView, EventNames.ScreenView, EventNames.PagePing, EventNames.Identify,
        EventNames.Alias,
        EventNames.EmailOpen, EventNames.EmailClick, "page_hidden", "page_visible", "group",
        "screen", "form_field", "form_error", "checkout_field", "checkout_error",
        "checkout_updated", "checkout_signal", "checkout_left",
    };

    /// <inheritdoc/>
    public override string Name => "visit";

    /// <inheritdoc/>
    public override char IdPrefix => 'v';

    /// <inheritdoc/>
    public override bool ByPerson => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields { get; } = [Points, BusinessEvents];

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
    protected override Visit First(Event first, ProjectSettings settings) =>
        Next(new Visit(0, 0, null), first, settings);

    /// <inheritdoc/>
    protected override Visit Next(Visit detail, Event next, ProjectSettings settings) => new(
        detail.Points + PointsOf(next),
        detail.BusinessEvents + (IsBusiness(next) ? 1 : 0),
        detail.ConvertedBy ?? (IsConversion(next) ? next.Id : null));

    /// <inheritdoc/>
    protected override Lifecycle Judge(
        Visit detail, SessionSpan span, ProjectSettings settings)
    {
        var ended = detail.ConvertedBy is null ? VisitStatus.Ended : VisitStatus.Converted;
        var active = detail.ConvertedBy is null ? VisitStatus.Active : VisitStatus.Converted;
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
    protected override IReadOnlyList<object?> Values(Visit detail, SessionSpan span) =>
        [detail.Points, (long)detail.BusinessEvents];

    private static bool IsBusiness(Event e) =>
        !Plumbing.Contains(e.Name) && e.Name is not ['$', ..];

    // Only what was verified proves a payment.
    private static bool IsConversion(Event e) =>
        e.Name == "order_submitted" && e.Trust != Trust.Claimed;

    private static long PointsOf(Event e) =>
        e.Properties.Number("points") is { } points
            && points == decimal.Truncate(points)
            && Math.Abs(points) <= int.MaxValue
            ? (long)points
            : 0;
}

/// <summary>What is known of a visit beyond what every session has.</summary>
/// <param name="Points">Sum of the whole, signed points its events carry.</param>
/// <param name="BusinessEvents">Events that say what was done.</param>
/// <param name="ConvertedBy">The event that converted it, or null.</param>
public sealed record Visit(long Points, int BusinessEvents, string? ConvertedBy);

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
