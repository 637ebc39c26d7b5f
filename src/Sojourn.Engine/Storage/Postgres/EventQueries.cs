using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Sojourn.Events;
using Sojourn.Queries;

namespace Sojourn.Storage.Postgres;

/// <summary>Answers an <see cref="EventQuery"/>, and knows places in pages of events.</summary>
internal static class EventQueries
{
    // Events without a count come before those with one, and no count is as small as this.
    private const string NoSeq = "(-9223372036854775807 - 1)";

    /// <summary>A page of single events, newest first.</summary>
    public static async Task<EventPage> PageAsync(
        Work work, string project, EventQuery query, CancellationToken cancel)
    {
        const string ask = $"""
            select suppressed_by, {EventRows.Columns}
            from event
            where project = $1
                and ($2::text is null or user_id = $2 or anonymous_id = $2)
                and (cardinality($3::text[]) = 0 or name = any($3))
                and ($4::bigint is null or time_us >= $4)
                and ($5::bigint is null or time_us < $5)
                and ($6::boolean is null or (suppressed_by is not null) = $6)
                and ($7::bigint is null or time_us < $7
                    or (time_us = $7
                        and (coalesce(seq, {NoSeq}), id) < ($8::bigint, $9::text)))
            order by time_us desc, coalesce(seq, {NoSeq}) desc, id desc
            limit $10
            """;
        EventPosition? after = PositionOf(query.Cursor);
        bool? suppressed = query.Suppressed == SuppressedView.All
            ? null
            : query.Suppressed == SuppressedView.Only;
        object?[] values =
        [
            project, query.Person, query.Names.ToArray(), query.FromUs, query.ToUs, suppressed,
            after?.TimeUs, after?.Seq ?? long.MinValue, after?.Id ?? "", query.Limit + 1,
        ];
        var rows = await work.ListAsync(
            ask,
            values,
            row => new StoredEvent(EventRows.Read(row, 1), row.TextOrNull(0)),
            cancel);
        return PageOf(rows, query.Limit);
    }

    /// <summary>The page of a session's events that begins after a cursor.</summary>
    public static EventPage PageOf(
        IEnumerable<Event> events,
        Func<Event, string?> suppressedBy,
        string? cursor,
        int limit)
    {
        var after = PositionOf(cursor);
        var rows = events
            .Where(e => after is not { } place || EventPosition.Of(e) > place)
            .Take(limit + 1)
            .Select(e => new StoredEvent(e, suppressedBy(e)))
            .ToList();
        return PageOf(rows, limit);
    }

    private static EventPage PageOf(List<StoredEvent> rows, int limit) => rows.Count > limit
        ? new EventPage(rows[..limit], CursorOf(rows[limit - 1].Event))
        : new EventPage(rows, null);

    private static string CursorOf(Event last) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{last.TimeUs} {last.Seq} {last.Id}")));

    /// <summary>The place a cursor stands for; null for none and for anything else.</summary>
    private static EventPosition? PositionOf(string? cursor)
    {
        if (cursor is null || !Base64Url.IsValid(cursor))
            return null;

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ', 3);
        if (parts.Length < 3
            || !long.TryParse(parts[0], CultureInfo.InvariantCulture, out var timeUs))
        {
            return null;
        }

        return new EventPosition(
            timeUs,
            long.TryParse(parts[1], CultureInfo.InvariantCulture, out var seq) ? seq : null,
            parts[2]);
    }
}
