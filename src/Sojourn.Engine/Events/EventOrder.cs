namespace Sojourn.Events;

/// <summary>
/// The order of events: by time, then the sender's count (those without one first), then id.
/// It is total and does not depend on arrival.
/// </summary>
public sealed class EventOrder : IComparer<Event>
{
    /// <summary>The one instance.</summary>
    public static EventOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(Event? x, Event? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);

        return EventPosition.Of(x).CompareTo(EventPosition.Of(y));
    }
}
