using System.Globalization;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>Tells sessions' stories page by page.</summary>
internal static class Timelines
{
    /// <summary>A page of a session's events; null when there never was such a session.</summary>
    /// <param name="share">The project.</param>
    /// <param name="id">The session, by any id it ever had.</param>
    /// <param name="cursor">What the last page said; null = from the beginning.</param>
    /// <param name="limit">Most events wanted.</param>
    /// <exception cref="ArgumentException">The cursor is none of ours.</exception>
    public static Timeline? Page(ProjectShare share, SessionId id, string? cursor, int limit)
    {
        if (share.Ask(sessions => sessions.Find(id)) is not var (session, numbers, actions))
            return null;

        var start = cursor is null ? 0 : PlaceAfter(share.Events, numbers, cursor);
        var count = Math.Min(limit, numbers.Count - start);
        var items = new StoredEvent[count];
        for (var i = 0; i < count; i++)
        {
            var e = share.Events.Read(numbers[start + i]);
            items[i] = new StoredEvent(e, share.RuleOf(e, numbers[start + i]));
        }

        var next = start + count < numbers.Count
            ? numbers[start + count - 1].ToString(CultureInfo.InvariantCulture)
            : null;
        return new Timeline(session, new EventPage(items, next), actions);
    }

    // The cursor is the last event shown. Events may have come in between since, so its place
    // is looked for by order.
    private static int PlaceAfter(StoredEvents events, IReadOnlyList<int> numbers, string cursor)
    {
        if (!int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || last >= events.Places.Events)
        {
            throw new ArgumentException("The cursor is none of ours.", nameof(cursor));
        }

        var shown = EventPosition.Of(events.Read(last));
        var (low, high) = (0, numbers.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (EventPosition.Of(events.Read(numbers[middle])) <= shown)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
