using Sojourn.Kinds.Visits;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Lenses.Visits;

/// <summary>What both lists of visits say.</summary>
internal static class VisitWords
{
    /// <summary>The statuses of a visit.</summary>
    public static IReadOnlyList<StatusWord> Statuses { get; } =
    [
        new(VisitStatus.Active, "Active", "They may still go on.", ""),
        new(VisitStatus.Ended, "Ended", "Silence as long as the timeout ended it.", "s-ended"),
        new(VisitStatus.Converted, "Converted", "A conversion is in it.", "s-converted"),
    ];
}
