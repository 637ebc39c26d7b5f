using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Sojourn.Events;
using Sojourn.Queries;

namespace Sojourn.Storage.Postgres;

/// <summary>Answers an <see cref="EventQuery"/>, and knows places in pages of events.</summary>
internal static class EventQueries
{
    /// <summary>A page of single events, the last accepted first.</summary>
    /// <exception cref="ArgumentException">The cursor is none of ours.</exception>
    public static async Task<EventPage> PageAsync(
        Work work, string project, EventQuery query, CancellationToken cancel)
    {
        const string ask = $"""
            select suppressed_by, number, {EventRows.Columns}
            from event
            where project = $1
                and number < $2
                and ($3::text is null or user_id = $3 or anonymous_id = $3)
                and (cardinality($4::text[]) = 0 or name = any($4))
                and ($5::bigint is null or time_us >= $5)
                and ($6::bigint is null or time_us < $6)
                and ($7::boolean is null or (suppressed_by is not null) = $7)
                and ($9::text is null or id = $9)
            order by number desc
            limit $8
            """;
        if (query.Id is not null && !await Dedupe.IsKnownAsync(work, project, query.Id, cancel))
            return new EventPage([], null);

        var limit = Math.Clamp(query.Limit, 1, EventQuery.LimitMax);
        var before = query.Cursor is null ? long.MaxValue
            : long.TryParse(query.Cursor, CultureInfo.InvariantCulture, out var number) ? number
            : throw NotOurs();
        bool? suppressed = query.Suppressed == SuppressedView.All
            ? null
            : query.Suppressed == SuppressedView.Only;
        object?[] values =
        [
            project, before, query.Person, query.Names.ToArray(), query.FromUs, query.ToUs,
            suppressed, limit + 1, query.Id,
        ];
        var rows = await work.ListAsync(
            ask,
            values,
            row => (
                Number: row.GetInt64(1),
                Event: new StoredEvent(EventRows.Read(row, 2), row.TextOrNull(0))),
            cancel);
        var page = rows.Take(limit).ToList();
        return new EventPage(
            [.. page.Select(row => row.Event)],
            rows.Count > limit ? page[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The page of a session's events that begins after a cursor.</summary>
    /// <exception cref="ArgumentException">The cursor is none of ours.</exception>
    public static EventPage PageOf(
        IEnumerable<StoredEvent> events,
        string? cursor,
        int limit)
    {
        var after = PositionOf(cursor);
        var rows = events
            .Where(one => after is not { } place || EventPosition.Of(one.Event) > place)
            .Take(limit + 1)
            .ToList();
        return rows.Count > limit
            ? new EventPage(rows[..limit], CursorOf(rows[limit - 1].Event))
            : new EventPage(rows, null);
    }

    private static string CursorOf(Event last) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{last.TimeUs} {last.Seq} {last.Id}")));

    private static EventPosition? PositionOf(string? cursor)
    {
        if (cursor is null)
            return null;
        if (!Base64Url.IsValid(cursor))
            throw NotOurs();

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ', 3);
        return parts.Length == 3
            && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var timeUs)
            ? new EventPosition(
                timeUs,
                long.TryParse(parts[1], CultureInfo.InvariantCulture, out var seq) ? seq : null,
                parts[2])
            : throw NotOurs();
    }

    private static ArgumentException NotOurs() => new("The cursor is none of ours.");
}
