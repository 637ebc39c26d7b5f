using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>An event about to be stored.</summary>
/// <param name="Event">The event.</param>
/// <param name="Bucket">The bucket it is kept in.</param>
/// <param name="Number">Its place among the project's accepted events, from 1.</param>
/// <param name="Fingerprint">What makes a repetition exact.</param>
/// <param name="SuppressedBy">The rule that suppresses it, or null.</param>
internal sealed record NewEvent(
    Event Event, long Bucket, long Number, long Fingerprint, string? SuppressedBy);

/// <summary>Writes and reads table <c>event</c>.</summary>
internal static class EventRows
{
    /// <summary>What <see cref="Read(NpgsqlDataReader)"/> expects, in its order.</summary>
    public const string Columns = """
        id, name, anonymous_id, user_id, time_us, received_us, occurred_us, sent_us, seq,
        trust, clock_suspect, ip, user_agent, url, referrer, locale, country, campaign,
        properties
        """;

    // Bucket by bucket, whatever the planner believes of a table that has just grown: with
    // "bucket = any" it read the whole project for each batch. "offset 0" holds it to that.
    private const string ByBuckets = $"""
        select found.*
        from unnest($2::bigint[]) as asked (bucket)
        cross join lateral (
            select {Columns}
            from event
            where project = $1 and event.bucket = asked.bucket
            offset 0
        ) as found
        """;

    /// <summary>Adds rows that the caller knows to be new.</summary>
    public static async Task InsertAsync(
        Work work, string project, IReadOnlyList<NewEvent> events, CancellationToken cancel)
    {
        await using var copy = await work.CopyAsync(
            "event", $"project, bucket, number, suppressed_by, {Columns}", cancel);
        foreach (var one in events)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(project, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(one.Bucket, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(one.Number, NpgsqlDbType.Bigint, cancel);
            await copy.TextAsync(one.SuppressedBy, cancel);
            await WriteAsync(copy, one.Event, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    /// <summary>Writes which rule suppresses events, where it is another than before.</summary>
    public static async Task MarkAsync(
        Work work,
        string project,
        long[] buckets,
        IEnumerable<PersonEvent> events,
        CancellationToken cancel)
    {
        const string mark = """
            update event set suppressed_by = told.rule
            from unnest($3::text[], $4::text[]) as told (id, rule)
            where event.project = $1 and event.bucket = any($2) and event.id = told.id
                and event.suppressed_by is distinct from told.rule
            """;
        var told = events.ToList();
        if (told.Count == 0)
            return;

        string[] ids = [.. told.Select(one => one.Event.Id)];
        string?[] rules = [.. told.Select(one => one.SuppressedBy)];
        await work.ExecuteAsync(mark, [project, buckets, ids, rules], cancel);
    }

    /// <summary>Every event of some buckets, in no order.</summary>
    public static Task<List<Event>> OfBucketsAsync(
        Work work, string project, long[] buckets, CancellationToken cancel) =>
        work.ListAsync(ByBuckets, [project, buckets], Read, cancel);

    /// <summary>Every event of a project, in order of acceptance, a page at a time.</summary>
    public static async IAsyncEnumerable<Event> AllAsync(
        Work work, string project, [EnumeratorCancellation] CancellationToken cancel)
    {
        const int pageRows = 10_000;
        const string page = $"""
            select number, {Columns}
            from event
            where project = $1 and number > $2
            order by number
            limit $3
            """;
        var after = 0L;
        var read = pageRows;
        while (read == pageRows)
        {
            var rows = await work.ListAsync(
                page, [project, after, pageRows], row => (row.GetInt64(0), Read(row, 1)), cancel);
            foreach (var (number, e) in rows)
            {
                after = number;
                yield return e;
            }

            read = rows.Count;
        }
    }

    public static Event Read(NpgsqlDataReader row) => Read(row, 0);

    /// <summary>The event whose <see cref="Columns"/> begin at a place.</summary>
    public static Event Read(NpgsqlDataReader row, int at) => new()
    {
        Id = row.GetString(at),
        Name = row.GetString(at + 1),
        AnonymousId = row.TextOrNull(at + 2),
        UserId = row.TextOrNull(at + 3),
        TimeUs = row.GetInt64(at + 4),
        ReceivedUs = row.GetInt64(at + 5),
        OccurredUs = row.LongOrNull(at + 6),
        SentUs = row.LongOrNull(at + 7),
        Seq = row.LongOrNull(at + 8),
        Trust = (Trust)row.GetInt16(at + 9),
        ClockSuspect = row.GetBoolean(at + 10),
        Context = ReadContext(row, at + 11),
        Properties = Properties.FromJson(row.GetString(at + 18)),
    };

    private static EventContext ReadContext(NpgsqlDataReader row, int at)
    {
        var context = new EventContext
        {
            Ip = row.TextOrNull(at),
            UserAgent = row.TextOrNull(at + 1),
            Url = row.TextOrNull(at + 2),
            Referrer = row.TextOrNull(at + 3),
            Locale = row.TextOrNull(at + 4),
            Country = row.TextOrNull(at + 5),
            Campaign = row.IsDBNull(at + 6)
                ? null
                : ReadCampaign(row.GetFieldValue<string?[]>(at + 6)),
        };
        return context == EventContext.None ? EventContext.None : context;
    }

    private static Campaign ReadCampaign(string?[] parts) =>
        new(parts[0], parts[1], parts[2], parts[3], parts[4]);

    private static async Task WriteAsync(
        NpgsqlBinaryImporter copy, Event e, CancellationToken cancel)
    {
        await copy.TextAsync(e.Id, cancel);
        await copy.TextAsync(e.Name, cancel);
        await copy.TextAsync(e.AnonymousId, cancel);
        await copy.TextAsync(e.UserId, cancel);
        await copy.WriteAsync(e.TimeUs, NpgsqlDbType.Bigint, cancel);
        await copy.WriteAsync(e.ReceivedUs, NpgsqlDbType.Bigint, cancel);
        await copy.LongAsync(e.OccurredUs, cancel);
        await copy.LongAsync(e.SentUs, cancel);
        await copy.LongAsync(e.Seq, cancel);
        await copy.WriteAsync((short)e.Trust, NpgsqlDbType.Smallint, cancel);
        await copy.WriteAsync(e.ClockSuspect, NpgsqlDbType.Boolean, cancel);
        await WriteContextAsync(copy, e.Context, cancel);
        await copy.TextAsync(Encoding.UTF8.GetString(e.Properties.Json.Span), cancel);
    }

    private static async Task WriteContextAsync(
        NpgsqlBinaryImporter copy, EventContext context, CancellationToken cancel)
    {
        await copy.TextAsync(context.Ip, cancel);
        await copy.TextAsync(context.UserAgent, cancel);
        await copy.TextAsync(context.Url, cancel);
        await copy.TextAsync(context.Referrer, cancel);
        await copy.TextAsync(context.Locale, cancel);
        await copy.TextAsync(context.Country, cancel);
        if (context.Campaign is not { } c)
        {
            await copy.WriteNullAsync(cancel);
            return;
        }

        string?[] parts = [c.Name, c.Source, c.Medium, c.Term, c.Content];
        await copy.WriteAsync(parts, NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
    }
}
