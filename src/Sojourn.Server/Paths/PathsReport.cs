using Sojourn.Queries;

namespace Sojourn.Server.Paths;

/// <summary>Which ways lead to a conversion, and how engagement went.</summary>
public sealed record PathsReport
{
    /// <summary>What was asked.</summary>
    public required PathsQuestion Question { get; init; }

    /// <summary>All sessions of the period.</summary>
    public required Figure Sessions { get; init; }

    /// <summary>Those that converted.</summary>
    public required Figure Converted { get; init; }

    /// <summary>Each conversion that occurs, the most frequent first, chosen or not.</summary>
    public required IReadOnlyList<(string Name, Figure Sessions)> Goals { get; init; }

    /// <summary>By the first event, the most sessions first.</summary>
    public required RateTable Entries { get; init; }

    /// <summary>By channel, the most sessions first.</summary>
    public required RateTable Channels { get; init; }

    /// <summary>The most frequent paths that ended in a conversion.</summary>
    public required IReadOnlyList<PathSequence> Converting { get; init; }

    /// <summary>The most frequent paths that did not.</summary>
    public required IReadOnlyList<PathSequence> Leaving { get; init; }

    /// <summary>From the first step to the outcome.</summary>
    public required FlowGraph Flow { get; init; }

    /// <summary>Week by week.</summary>
    public required WeekStory Weeks { get; init; }

    /// <summary>What it holds for.</summary>
    public required AsOf AsOf { get; init; }
}

/// <summary>Rates by what sessions began with.</summary>
/// <param name="Rows">At most <see cref="RowsMax"/>.</param>
/// <param name="Rarer">How many rows more there would be.</param>
public sealed record RateTable(IReadOnlyList<RateRow> Rows, int Rarer)
{
    /// <summary>Most rows.</summary>
    public const int RowsMax = 25;
}
