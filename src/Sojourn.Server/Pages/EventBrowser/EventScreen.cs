using Sojourn.Queries;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.EventBrowser;

/// <summary>Everything the page of stored events shows at one instant.</summary>
public sealed record EventScreen
{
    /// <summary>The parameter that names the open event.</summary>
    public const string Opened = "event";

    /// <summary>The address it follows from.</summary>
    public required ListAddress Address { get; init; }

    /// <summary>What the address asks.</summary>
    public required EventQuery Query { get; init; }

    /// <summary>The question as the API would be asked.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>The events, the last stored first.</summary>
    public required EventPage Page { get; init; }

    /// <summary>Names of events that occur, the most frequent first.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The names asked for that nobody ever sent.</summary>
    public required IReadOnlyList<UnseenName> Unseen { get; init; }

    /// <summary>The open event, or null.</summary>
    public StoredEvent? Open { get; init; }

    /// <summary>True when the address names an event that there is none of.</summary>
    public bool IsGone { get; init; }

    /// <summary>What the reader should know first; empty when all is well.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>True for the events stored last.</summary>
    public bool IsNewest => Query.Cursor is null;

    /// <summary>True when some events are left out on purpose.</summary>
    public bool IsFiltered => Query.Names.Count > 0 || Query.Person is not null
        || Query.Id is not null || Query.Suppressed != SuppressedView.All
        || Query.FromUs is not null || Query.ToUs is not null;

    /// <summary>The id of the row above the open one, or null.</summary>
    public string? Previous => Beside(-1);

    /// <summary>The id of the row below the open one, or null.</summary>
    public string? Next => Beside(1);

    /// <summary>The same list, same place, with an event open.</summary>
    public ListAddress OpenAddress(string id) =>
        Closed with { Parameters = [.. Closed.Parameters, new(Opened, id)] };

    /// <summary>The same list, same place, with nothing open.</summary>
    public ListAddress Closed => Address with
    {
        Parameters = [.. Address.Parameters.Where(one => one.Key != Opened)],
    };

    private string? Beside(int by)
    {
        var place = Page.Items.ToList().FindIndex(one => one.Event.Id == Open?.Event.Id);
        return place < 0 ? null : Page.Items.ElementAtOrDefault(place + by)?.Event.Id;
    }
}

/// <summary>A name that no stored event has.</summary>
/// <param name="Name">The name.</param>
/// <param name="Close">Names that occur and look much like it, the closest first.</param>
public sealed record UnseenName(string Name, IReadOnlyList<string> Close);
