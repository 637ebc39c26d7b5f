using NpgsqlTypes;
using Sojourn.Events;

namespace Sojourn.Storage.Postgres;

/// <summary>
/// Decides which events are new. An id is unique in its project whatever stream it is sent
/// under, so ids have a table of their own, in buckets of their own.
/// </summary>
internal static class Dedupe
{
    /// <summary>
    /// What becomes of each event, in order. The caller holds the project, so nobody else adds
    /// an id meanwhile.
    /// </summary>
    public static async Task<AppendOutcome[]> JudgeAsync(
        Work work, string project, IReadOnlyList<Event> events, CancellationToken cancel)
    {
        var known = await KnownAsync(work, project, events, cancel);
        var outcomes = new AppendOutcome[events.Count];
        for (var place = 0; place < outcomes.Length; place++)
        {
            var fingerprint = FingerprintOf(events[place]);
            outcomes[place] =
                known.TryAdd(events[place].Id, fingerprint) ? AppendOutcome.Stored
                : known[events[place].Id] == fingerprint ? AppendOutcome.Duplicate
                : AppendOutcome.Conflict;
        }

        return outcomes;
    }

    /// <summary>Remembers the ids of new events.</summary>
    public static async Task InsertAsync(
        Work work, string project, IReadOnlyList<NewEvent> events, CancellationToken cancel)
    {
        await using var copy = await work.CopyAsync(
            "event_id", "project, bucket, id, fingerprint", cancel);
        foreach (var one in events)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(project, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(Bucket.Of(one.Event.Id), NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(one.Event.Id, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(one.Fingerprint, NpgsqlDbType.Bigint, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    /// <summary>What makes a repetition of an event exact.</summary>
    public static long FingerprintOf(Event e) => Bucket.ToRow(EventContent.FingerprintOf(e));

    public static async Task<long> CountAsync(
        Work work, string project, CancellationToken cancel) =>
        (long?)await work.ScalarAsync(
            "select count(*) from event_id where project = $1", [project], cancel) ?? 0;

    /// <summary>True when an event of that id is stored.</summary>
    public static async Task<bool> IsKnownAsync(
        Work work, string project, string id, CancellationToken cancel) =>
        await work.ScalarAsync(
            "select fingerprint from event_id where project = $1 and bucket = $2 and id = $3",
            [project, Bucket.Of(id), id],
            cancel) is not null;

    /// <summary>The fingerprints of those events whose ids are known.</summary>
    public static async Task<Dictionary<string, long>> KnownAsync(
        Work work, string project, IReadOnlyList<Event> events, CancellationToken cancel)
    {
        const string ask = """
            select known.*
            from unnest($2, $3) as asked (bucket, id)
            cross join lateral (
                select event_id.id, fingerprint
                from event_id
                where project = $1 and event_id.bucket = asked.bucket
                    and event_id.id = asked.id
                offset 0
            ) as known
            """;
        var ids = events.Select(e => e.Id).Distinct().ToArray();
        var buckets = Array.ConvertAll(ids, Bucket.Of);
        var rows = await work.ListAsync(
            ask, [project, buckets, ids], row => (row.GetString(0), row.GetInt64(1)), cancel);
        return rows.ToDictionary();
    }
}
