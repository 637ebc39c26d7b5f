using Sojourn.Ingest;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>Everything the page of refused events shows at one instant.</summary>
public sealed record RefusalScreen
{
    /// <summary>Rows of a page.</summary>
    public const int Rows = 50;

    /// <summary>The address it follows from.</summary>
    public required ListAddress Address { get; init; }

    /// <summary>What the address asks.</summary>
    public required RefusalQuery Query { get; init; }

    /// <summary>What it asks, as the API would be asked.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>The refusals that match.</summary>
    public required RefusalPage Page { get; init; }

    /// <summary>What was received since the start.</summary>
    public required IntakeReading Reading { get; init; }

    /// <summary>What was refused since the start, by code.</summary>
    public required IReadOnlyList<RefusalCount> Counts { get; init; }

    /// <summary>The open refusal, or null.</summary>
    public LoggedRefusal? Open { get; init; }

    /// <summary>How many refusals of the open one's code are kept.</summary>
    public int Alike { get; init; }

    /// <summary>True when the address names a refusal that is not kept.</summary>
    public bool IsGone { get; init; }

    /// <summary>What the reader should know first; empty when all is well.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Everything refused since the start.</summary>
    public long Refused => Counts.Sum(one => one.Count);

    /// <summary>Everything received since the start.</summary>
    public long Received => Reading.Stored + Reading.Duplicates + Refused;

    /// <summary>True when any filter is set.</summary>
    public bool IsFiltered =>
        Query.Codes.Count > 0 || Query.Sources.Count > 0 || Query.Text is not null;

    /// <summary>Place of the first row among all that match, from 1; 0 without rows.</summary>
    public int First => Page.Items.Count == 0 ? 0 : Query.Offset + 1;

    /// <summary>Place of the last row among all that match.</summary>
    public int Last => Query.Offset + Page.Items.Count;

    /// <summary>The row above the open one, or null.</summary>
    public string? Previous => Beside(-1);

    /// <summary>The row below the open one, or null.</summary>
    public string? Next => Beside(1);

    private string? Beside(int by)
    {
        var place = Page.Items.ToList().FindIndex(one => one.Id == Open?.Id);
        return place < 0 ? null : Page.Items.ElementAtOrDefault(place + by)?.Id;
    }
}
