
namespace Sojourn.Storage.Postgres;

/// <summary>
/// The tables, and how older ones become today's. Tables of sessions are derived: they are
/// made anew when their shape changes, and filled from the events.
/// </summary>
internal static class Schema
{
    /// <summary>The version this program writes and the newest it reads.</summary>
    public const int Version = 4;

    private const string Meta = """
        create table if not exists sojourn_schema (
            one boolean primary key default true check (one),
            version integer not null
        );
        create table if not exists sojourn_shape (
            kind text primary key,
            shape text not null
        );
        """;

    // Place n makes version n + 1 of version n. A step that was released is never edited.
    private static readonly string[] Steps =
    [
        """
        create table project (
            id text primary key,
            name text collate "C" not null unique,
            settings jsonb not null
        );

        create table project_key (
            hash bytea primary key,
            project text not null references project (id),
            kind text not null
        );

        -- One row a project: whoever changes the project holds it until the commit.
        create table progress (
            project text primary key,
            sequence bigint not null,
            events bigint not null,
            actions bigint not null
        );

        create table event (
            project text not null,
            bucket bigint not null,
            id text collate "C" not null,
            number bigint not null,
            name text collate "C" not null,
            anonymous_id text collate "C",
            user_id text collate "C",
            time_us bigint not null,
            received_us bigint not null,
            occurred_us bigint,
            sent_us bigint,
            seq bigint,
            trust smallint not null,
            clock_suspect boolean not null,
            suppressed_by text,
            ip text,
            user_agent text,
            url text,
            referrer text,
            locale text,
            country text,
            campaign text[],
            properties text not null,
            primary key (project, bucket, id)
        );
        create index event_by_number on event (project, number);
        create index event_by_time on event (project, time_us);

        -- An id is unique in its project, under whatever stream it is sent. Its bucket is its
        -- own fingerprint, so that one machine decides.
        create table event_id (
            project text not null,
            bucket bigint not null,
            id text collate "C" not null,
            fingerprint bigint not null,
            primary key (project, bucket, id)
        );

        -- Buckets whose events may belong to one person or one cart are in one circle, which
        -- is named after one of them.
        create table circle (
            project text not null,
            bucket bigint not null,
            circle bigint not null,
            primary key (project, bucket)
        );
        create index circle_members on circle (project, circle, bucket);

        create table action (
            project text not null,
            bucket bigint not null,
            number bigint not null,
            id text not null,
            kind text not null,
            anchor_event_id text not null,
            anchor_key text not null,
            type text not null,
            to_status text,
            words text,
            actor text not null,
            accepted_us bigint not null,
            primary key (project, bucket, number)
        );

        -- What the last commits changed; old rows are removed.
        create table change (
            project text not null,
            sequence bigint not null,
            changed text[] not null,
            removed text[] not null,
            primary key (project, sequence)
        );
        """,
        """
        alter table project_key
            add column shown text,
            add column created_us bigint,
            add column revoked_us bigint;

        create table document (
            project text collate "C" not null,
            collection text collate "C" not null,
            id text collate "C" not null,
            version integer not null,
            content text not null,
            hash bytea not null,
            primary key (project, collection, id)
        );
        """,
        OutboxSql.Tables,
        OutboxSql.Arms,
    ];

    /// <summary>Makes or updates the tables; the caller commits.</summary>
    /// <returns>True when sessions have to be folded from the events.</returns>
    /// <exception cref="StoreException">A newer program wrote here.</exception>
    public static async Task<bool> UpdateAsync(
        Work work, IReadOnlyList<SessionTable> tables, CancellationToken cancel)
    {
        // Two programs that start together must not both make the tables.
        await work.ExecuteAsync(
            "select pg_advisory_xact_lock(hashtextextended('sojourn ' || current_schema(), 0))",
            cancel);
        await work.ExecuteAsync(Meta, cancel);
        await StepAsync(work, cancel);
        return await ReshapeAsync(work, tables, cancel);
    }

    private static async Task StepAsync(Work work, CancellationToken cancel)
    {
        const string ask = "select version from sojourn_schema";
        const string tell = """
            insert into sojourn_schema (version) values ($1)
            on conflict (one) do update set version = excluded.version
            """;
        var version = (int?)await work.ScalarAsync(ask, [], cancel) ?? 0;
        if (version > Version)
        {
            throw new StoreException(
                StoreFault.TooNew,
                $"The database holds data of version {version}; this program knows versions up "
                + $"to {Version}. Start the newer program, or restore a backup made by this one.");
        }

        for (var step = version; step < Version; step++)
            await work.ExecuteAsync(Steps[step], cancel);
        await work.ExecuteAsync(tell, [Version], cancel);
    }

    private static async Task<bool> ReshapeAsync(
        Work work, IReadOnlyList<SessionTable> tables, CancellationToken cancel)
    {
        const string ask = "select shape from sojourn_shape where kind = $1";
        const string tell = """
            insert into sojourn_shape (kind, shape) values ($1, $2)
            on conflict (kind) do update set shape = excluded.shape
            """;
        var reshaped = false;
        foreach (var table in tables)
        {
            var shape = (string?)await work.ScalarAsync(ask, [table.Kind.Name], cancel);
            if (shape == table.Shape)
                continue;

            reshaped = true;
            await work.ExecuteAsync($"drop table if exists {table.Name}", cancel);
            await work.ExecuteAsync(table.Creation, cancel);
            await work.ExecuteAsync(tell, [table.Kind.Name, table.Shape], cancel);
        }

        return reshaped;
    }
}
