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

        var byTime = x.TimeUs.CompareTo(y.TimeUs);
        if (byTime != 0)
            return byTime;

        var bySeq = Nullable.Compare(x.Seq, y.Seq);
        return bySeq != 0 ? bySeq : string.CompareOrdinal(x.Id, y.Id);
    }
}
