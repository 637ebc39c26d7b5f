namespace Sojourn.Events;

/// <summary>An event's place in <see cref="EventOrder"/>, without the event.</summary>
/// <param name="TimeUs">When it happened, microseconds UTC.</param>
/// <param name="Seq">The sender's count, or null.</param>
/// <param name="Id">The event's id.</param>
public readonly record struct EventPosition(long TimeUs, long? Seq, string Id)
    : IComparable<EventPosition>
{
    /// <summary>The place of an event.</summary>
    public static EventPosition Of(Event e) => new(e.TimeUs, e.Seq, e.Id);

    /// <inheritdoc/>
    public int CompareTo(EventPosition other)
    {
        var byTime = TimeUs.CompareTo(other.TimeUs);
        if (byTime != 0)
            return byTime;

        var bySeq = Nullable.Compare(Seq, other.Seq);
        return bySeq != 0 ? bySeq : string.CompareOrdinal(Id, other.Id);
    }

    /// <summary>True when the left comes first.</summary>
    public static bool operator <(EventPosition left, EventPosition right) =>
        left.CompareTo(right) < 0;

    /// <summary>True when the left comes later.</summary>
    public static bool operator >(EventPosition left, EventPosition right) =>
        left.CompareTo(right) > 0;

    /// <summary>True when the left comes first or both are one place.</summary>
    public static bool operator <=(EventPosition left, EventPosition right) =>
        left.CompareTo(right) <= 0;

    /// <summary>True when the left comes later or both are one place.</summary>
    public static bool operator >=(EventPosition left, EventPosition right) =>
        left.CompareTo(right) >= 0;
}
