using System.Globalization;
using Sojourn.Events;
using Sojourn.Queries;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// Looks through a project's events from the newest accepted backwards. A page ends when it is
/// full or when enough was looked at; then <see cref="EventPage.Next"/> goes on from there, so
/// a page may have few rows, or none, and still not be the last.
/// </summary>
internal static class EventSearch
{
    private const int EventsMax = 50_000;
    private const int BlocksMax = 2_000;

    /// <exception cref="ArgumentException">The cursor is none of ours.</exception>
    public static EventPage Page(ProjectShare share, EventQuery query)
    {
        var places = share.Events.Places;
        var end = query.Cursor is null ? places.Events : ParseCursor(query.Cursor, places.Events);
        var found = new List<StoredEvent>();
        var (eventsSeen, blocksSeen) = (0, 0);
        while (end > 0)
        {
            var index = places.IndexOf(end - 1);
            var place = places[index];
            if (MayMatch(query, place))
            {
                if (eventsSeen >= EventsMax || ++blocksSeen > BlocksMax)
                    return new EventPage(found, CursorOf(end));

                eventsSeen += end - place.First;
                var next = Collect(share, query, share.Events.Get(index), end, found);
                if (next > 0 && found.Count == query.Limit)
                    return new EventPage(found, CursorOf(next));
            }

            end = place.First;
        }

        return new EventPage(found, null);
    }

    // Returns the number the next page ends before; the block's first when it is through.
    private static int Collect(
        ProjectShare share,
        EventQuery query,
        EventBlock block,
        int end,
        List<StoredEvent> found)
    {
        var first = block.Header.First;
        for (var number = end - 1; number >= first; number--)
        {
            if (found.Count == query.Limit)
                return number + 1;

            var e = block[number - first];
            if (!Matches(query, e))
                continue;

            var rule = share.RuleOf(e, number);
            if (IsShown(query.Suppressed, rule))
                found.Add(new StoredEvent(e, rule));
        }

        return first;
    }

    /// <summary>The event of an id, as far as the rest of the question allows it.</summary>
    /// <param name="share">The project.</param>
    /// <param name="query">The question.</param>
    /// <param name="numbers">Events whose id has the fingerprint of the one asked for.</param>
    public static EventPage Among(
        ProjectShare share, EventQuery query, IReadOnlyList<int> numbers) => new(
        [
            .. from number in numbers
               let e = share.Events.Read(number)
               where e.Id == query.Id && Matches(query, e)
               let rule = share.RuleOf(e, number)
               where IsShown(query.Suppressed, rule)
               select new StoredEvent(e, rule),
        ],
        null);

    private static bool MayMatch(EventQuery query, BlockPlace place) =>
        !(place.ToUs < query.FromUs) && !(place.FromUs >= query.ToUs);

    private static bool Matches(EventQuery query, Event e) =>
        !(e.TimeUs < query.FromUs) && !(e.TimeUs >= query.ToUs)
        && (query.Id is null || e.Id == query.Id)
        && (query.Person is null || e.UserId == query.Person || e.AnonymousId == query.Person)
        && (query.Names.Count == 0 || query.Names.Contains(e.Name));

    private static bool IsShown(SuppressedView view, string? rule) => view switch
    {
        SuppressedView.Hide => rule is null,
        SuppressedView.Only => rule is not null,
        _ => true,
    };

    private static string CursorOf(int end) => end.ToString(CultureInfo.InvariantCulture);

    private static int ParseCursor(string cursor, int events) =>
        int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var end)
        && end <= events
            ? end
            : throw new ArgumentException("The cursor is none of ours.", nameof(cursor));
}
