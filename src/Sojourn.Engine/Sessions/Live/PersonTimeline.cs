namespace Sojourn.Sessions.Live;

/// <summary>A person's events in order, as far as silence between them is concerned.</summary>
internal readonly struct PersonTimeline(
    PersonEntry[] entries, EventMarks marks, long timeoutUs)
{
    public int Count => entries.Length;

    public PersonEntry this[int index] => entries[index];

    /// <summary>
    /// The islands that some events at the given times may change: from idle gap to idle gap,
    /// as index ranges in order. While no event but theirs and heartbeats is before them, the
    /// next island with an event belongs to them, because it may have been the first till now.
    /// </summary>
    public List<(int From, int To)> Around(IReadOnlyCollection<long> times)
    {
        var islands = new List<(int From, int To)>();
        var covered = 0;
        var isFirst = true;
        foreach (var time in times.Order())
        {
            var (from, to) = Around(time);
            isFirst = isFirst && !HasEvent(covered, from);
            if (isFirst)
                covered = to = ThroughNextEvent(to);

            if (islands.Count > 0 && from <= islands[^1].To)
                islands[^1] = (islands[^1].From, Math.Max(islands[^1].To, to));
            else
                islands.Add((from, to));
        }

        return islands;
    }

    /// <summary>The island of one event.</summary>
    public (int From, int To) IslandOf(int index)
    {
        var (from, to) = (index, index + 1);
        while (from > 0 && entries[from].TimeUs - entries[from - 1].TimeUs < timeoutUs)
            from--;
        while (to < Count && entries[to].TimeUs - entries[to - 1].TimeUs < timeoutUs)
            to++;
        return (from, to);
    }

    /// <summary>True when an event that is no heartbeat is before an index.</summary>
    public bool HasEventBefore(int index) => HasEvent(0, index);

    /// <summary>Sets the gaps of a range and of the first event after it.</summary>
    public void SetGaps(int from, int to)
    {
        for (var i = from; i < Count; i++)
        {
            if (marks.IsHeartbeat(entries[i].Number))
                continue;

            marks.SetGap(entries[i].Number, GapBefore(i));
            if (i >= to)
                return;
        }
    }

    /// <summary>
    /// Longest silence between an event and the one before that is no heartbeat; null = none.
    /// </summary>
    public long? GapBefore(int index)
    {
        long gap = 0;
        for (var i = index; i > 0; i--)
        {
            gap = Math.Max(gap, entries[i].TimeUs - entries[i - 1].TimeUs);
            if (!marks.IsHeartbeat(entries[i - 1].Number))
                return gap;
        }

        return null;
    }

    /// <summary>Index of an event that is here.</summary>
    public int IndexOf(long timeUs, int number)
    {
        var index = LowerBound(timeUs);
        while (entries[index].Number != number)
            index++;
        return index;
    }

    private (int From, int To) Around(long time)
    {
        var from = LowerBound(time - timeoutUs + 1);
        var to = LowerBound(time + timeoutUs);
        return from < to ? (IslandOf(from).From, IslandOf(to - 1).To) : (from, to);
    }

    private int ThroughNextEvent(int index)
    {
        while (index < Count && marks.IsHeartbeat(entries[index].Number))
            index++;
        return index < Count ? IslandOf(index).To : index;
    }

    private bool HasEvent(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (!marks.IsHeartbeat(entries[i].Number))
                return true;
        }

        return false;
    }

    private int LowerBound(long timeUs)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].TimeUs < timeUs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
