using Sojourn.Events;

namespace Sojourn.Queries;

/// <summary>Single events for debugging, newest first.</summary>
public sealed record EventQuery
{
    /// <summary>Most rows a page has.</summary>
    public const int LimitMax = 200;

    /// <summary>The event of that id; null = any.</summary>
    public string? Id { get; init; }

    /// <summary>Person, user or device id; null = anybody.</summary>
    public string? Person { get; init; }

    /// <summary>Event names, "or"; empty = any.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Earliest time, included, microseconds UTC; null = no bound.</summary>
    public long? FromUs { get; init; }

    /// <summary>Latest time, excluded, microseconds UTC; null = no bound.</summary>
    public long? ToUs { get; init; }

    /// <summary>Regard to suppression, event by event.</summary>
    public SuppressedView Suppressed { get; init; }

    /// <summary>Rows wanted, 1 to <see cref="LimitMax"/>.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>
    /// What the last page's <see cref="EventPage.Next"/> said; null = first page.
    /// </summary>
    public string? Cursor { get; init; }
}

/// <summary>A page of events.</summary>
/// <param name="Items">The events with the rule that suppresses each, or null.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record EventPage(IReadOnlyList<StoredEvent> Items, string? Next);

/// <summary>An event and its classification.</summary>
/// <param name="Event">The event.</param>
/// <param name="SuppressedBy">The rule that suppresses it, or null when it counts.</param>
public sealed record StoredEvent(Event Event, string? SuppressedBy);
