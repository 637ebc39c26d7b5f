using Npgsql;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Writes and reads table <c>action</c>.</summary>
internal static class ActionRows
{
    public static Task InsertAsync(
        Work work, string project, StaffAction action, CancellationToken cancel)
    {
        const string insert = """
            insert into action (
                project, bucket, number, id, kind, anchor_event_id, anchor_key, type, to_status,
                words, actor, accepted_us)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text, $10::text, $11, $12)
            """;
        object?[] values =
        [
            project, Bucket.Of(action.AnchorKey), action.Number, action.Id, action.Kind,
            action.AnchorEventId, action.AnchorKey, action.Type, action.To, action.Text,
            action.Actor, action.AcceptedUs,
        ];
        return work.ExecuteAsync(insert, values, cancel);
    }

    /// <summary>The actions anchored in some buckets, in order of acceptance.</summary>
    public static Task<List<StaffAction>> OfBucketsAsync(
        Work work, string project, long[] buckets, CancellationToken cancel)
    {
        const string ask = """
            select number, id, kind, anchor_event_id, anchor_key, type, to_status, words, actor,
                accepted_us
            from action
            where project = $1 and bucket = any($2)
            order by number
            """;
        return work.ListAsync(ask, [project, buckets], Read, cancel);
    }

    private static StaffAction Read(NpgsqlDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Id = row.GetString(1),
        Kind = row.GetString(2),
        AnchorEventId = row.GetString(3),
        AnchorKey = row.GetString(4),
        Type = row.GetString(5),
        To = row.TextOrNull(6),
        Text = row.TextOrNull(7),
        Actor = row.GetString(8),
        AcceptedUs = row.GetInt64(9),
    };
}
