using Npgsql;
using NpgsqlTypes;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Writes and reads the tables of sessions.</summary>
internal static class SessionRows
{
    /// <summary>Makes the rows of some buckets equal to the sessions folded from them.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="table">The kind's table.</param>
    /// <param name="project">The project.</param>
    /// <param name="buckets">The buckets of whole circles.</param>
    /// <param name="sessions">All sessions of those circles.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<SessionChange> ReplaceAsync(
        Work work,
        SessionTable table,
        string project,
        long[] buckets,
        IReadOnlyList<Session> sessions,
        CancellationToken cancel)
    {
        var stored = await ContentsAsync(work, table, project, buckets, cancel);
        var changed = new List<Session>();
        var replaced = new List<SessionId>();
        foreach (var session in sessions)
        {
            var known = stored.Remove(session.Id, out var content);
            if (known && content == table.ContentOf(session))
                continue;

            changed.Add(session);
            if (known)
                replaced.Add(session.Id);
        }

        await DeleteAsync(work, table, project, stored.Keys.Concat(replaced), cancel);
        await InsertAsync(work, table, project, changed, cancel);
        return new SessionChange(changed, [.. stored.Keys]);
    }

    /// <summary>Sessions by id, as lists show them; ids that are no more are left out.</summary>
    public static Task<List<Session>> OfIdsAsync(
        Work work,
        SessionTable table,
        string project,
        IEnumerable<SessionId> ids,
        CancellationToken cancel)
    {
        var (buckets, parts) = RowsOf(ids);
        return work.ListAsync(
            $"""
            select found.*
            from unnest($2::bigint[], $3::bigint[]) as asked (bucket, part)
            cross join lateral (
                select {Columns(table)}
                from {table.Name} as one
                where project = $1 and one.bucket = asked.bucket and one.part = asked.part
                offset 0
            ) as found
            """,
            [project, buckets, parts],
            table.Read,
            cancel);
    }

    /// <summary>
    /// The rows of some buckets: the session, and the text its search looks into.
    /// </summary>
    public static Task<List<(Session Session, string Searched)>> OfBucketsAsync(
        Work work,
        SessionTable table,
        string project,
        long[] buckets,
        CancellationToken cancel) =>
        work.ListAsync(
            $"""
            select found.*
            from unnest($2::bigint[]) as asked (bucket)
            cross join lateral (
                select {Columns(table)}, one.searched
                from {table.Name} as one
                where project = $1 and one.bucket = asked.bucket
                offset 0
            ) as found
            """,
            [project, buckets],
            row => (table.Read(row), row.GetString(table.Columns.Count)),
            cancel);

    // What is stored of the sessions of some buckets: id and content.
    private static async Task<Dictionary<SessionId, long>> ContentsAsync(
        Work work,
        SessionTable table,
        string project,
        long[] buckets,
        CancellationToken cancel)
    {
        var rows = await work.ListAsync(
            $"""
            select found.*
            from unnest($2::bigint[]) as asked (bucket)
            cross join lateral (
                select one.bucket, one.part, one.content
                from {table.Name} as one
                where project = $1 and one.bucket = asked.bucket
                offset 0
            ) as found
            """,
            [project, buckets],
            row => (IdOf(row, table.Kind), row.GetInt64(2)),
            cancel);
        return rows.ToDictionary();
    }

    public static async Task<long> CountAsync(
        Work work, SessionTable table, string project, CancellationToken cancel) =>
        (long?)await work.ScalarAsync(
            $"select count(*) from {table.Name} where project = $1", [project], cancel) ?? 0;

    // Qualified, because what is asked for has columns of the same names.
    private static string Columns(SessionTable table) =>
        string.Join(", ", table.Columns.Select(column => "one." + column.Name));

    private static SessionId IdOf(NpgsqlDataReader row, SessionKind kind) => new(
        kind.IdPrefix, Bucket.FromRow(row.GetInt64(0)), Bucket.FromRow(row.GetInt64(1)));

    private static Task DeleteAsync(
        Work work,
        SessionTable table,
        string project,
        IEnumerable<SessionId> ids,
        CancellationToken cancel) =>
        work.EachAsync(
            $"delete from {table.Name} where project = $1 and bucket = $2 and part = $3",
            ids,
            id => [project, Bucket.ToRow(id.Key), Bucket.ToRow(id.Part)],
            cancel);

    private static async Task InsertAsync(
        Work work,
        SessionTable table,
        string project,
        List<Session> sessions,
        CancellationToken cancel)
    {
        if (sessions.Count == 0)
            return;

        await using var copy = await work.CopyAsync(
            table.Name, $"project, {table.ColumnNames}, searched, content", cancel);
        foreach (var session in sessions)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(project, NpgsqlDbType.Text, cancel);
            foreach (var column in table.Columns)
                await WriteAsync(copy, column, session, cancel);
            await copy.WriteAsync(SearchedText.Of(session, table.Kind), NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(table.ContentOf(session), NpgsqlDbType.Bigint, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private static Task WriteAsync(
        NpgsqlBinaryImporter copy,
        SessionColumn column,
        Session session,
        CancellationToken cancel) =>
        column.ValueOf(session) is { } value
            ? copy.WriteAsync(value, column.Type, cancel)
            : copy.WriteNullAsync(cancel);

    private static (long[] Buckets, long[] Parts) RowsOf(IEnumerable<SessionId> ids)
    {
        var all = ids.ToArray();
        return (
            Array.ConvertAll(all, id => Bucket.ToRow(id.Key)),
            Array.ConvertAll(all, id => Bucket.ToRow(id.Part)));
    }
}

/// <summary>What became different in a table of sessions.</summary>
/// <param name="Changed">New or different sessions.</param>
/// <param name="Removed">Sessions that are no more.</param>
internal sealed record SessionChange(
    IReadOnlyList<Session> Changed, IReadOnlyList<SessionId> Removed);
