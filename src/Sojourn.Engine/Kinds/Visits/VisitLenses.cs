using Sojourn.Queries;

namespace Sojourn.Kinds.Visits;

/// <summary>The two lists that show visits.</summary>
public static class VisitLenses
{
    private static readonly VisitKind Kind = new();

    private static readonly IReadOnlyList<string> Statuses =
        [VisitStatus.Active, VisitStatus.Ended, VisitStatus.Converted];

    /// <summary>What product users did; its events are business events.</summary>
    public static Lens Users { get; } = new()
    {
        Name = "users",
        Singular = "user",
        Kind = Kind,
        Statuses = Statuses,
        Fields = [VisitKind.BusinessEvents],
        EventCount = VisitKind.BusinessEvents,
    };

    /// <summary>The journeys of leads.</summary>
    public static Lens Leads { get; } = new()
    {
        Name = "leads",
        Singular = "lead",
        Kind = Kind,
        Statuses = Statuses,
        Fields =
        [
            VisitKind.Points, VisitKind.Intent, VisitKind.Level, VisitKind.Score,
            VisitKind.Channel, VisitKind.Goal, VisitKind.Path, VisitKind.ConvertedAfter,
        ],
    };
}
