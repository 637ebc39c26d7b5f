using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sojourn.Storage.Sqlite;

/// <summary>The tables and their version.</summary>
internal static class Schema
{
    /// <summary>The version this program writes and the newest it can read.</summary>
    public const int Version = 4;

    // "SJRN": tells our files from other SQLite databases.
    private const int ApplicationId = 0x534A524E;

    // Place n makes version n + 1 of version n. A step that was released is never edited.
    // The rows of `blocks` are what everything else is derived from. Nothing is indexed there
    // but the order of commits: an index in random order costs most of the write speed.
    private static readonly string[] Steps =
    [
        """
        create table projects (
            id text primary key,
            name text not null unique,
            settings text not null,
            created_us integer not null
        );
        create table keys (
            hash blob primary key,
            project text not null references projects (id),
            kind integer not null,
            created_us integer not null,
            revoked_us integer
        );
        create table blocks (
            sequence integer primary key,
            project text not null references projects (id),
            contents integer not null,
            first integer not null,
            count integer not null,
            from_us integer not null,
            to_us integer not null,
            hash blob not null,
            chain blob not null,
            payload blob not null
        );
        """,
        """
        alter table keys add column shown text;
        create table documents (
            project text not null,
            collection text not null,
            id text not null,
            version integer not null,
            json text not null,
            hash blob not null,
            primary key (project, collection, id)
        ) without rowid;
        """,
        OutboxSql.Tables,
        OutboxSql.Arms,
    ];

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Reads the version from the file's first bytes, which touches nothing.</summary>
    /// <exception cref="StoreException">It is no database of ours, or too new.</exception>
    public static void CheckHeader(string file)
    {
        if (!File.Exists(file))
            return;

        Span<byte> header = stackalloc byte[100];
        using var handle = File.OpenHandle(
            file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var length = RandomAccess.Read(handle, header, 0);
        if (length == 0)
            return;
        if (length < header.Length || !header.StartsWith(Magic))
        {
            throw new StoreException(
                StoreFault.Damaged,
                $"{file} is not a database any more: its first bytes are damaged. "
                + "Restore a backup into another folder.");
        }

        // Offsets 60 and 68. Source: sqlite.org/fileformat2.html, "The Database Header".
        RefuseOthers(
            file,
            BinaryPrimitives.ReadInt32BigEndian(header[60..]),
            BinaryPrimitives.ReadInt32BigEndian(header[68..]));
    }

    /// <summary>Makes or updates the tables, in one transaction.</summary>
    /// <exception cref="StoreException">They are a newer program's; nothing changed.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        var version = VersionOf(connection);
        RefuseOthers(
            connection.DataSource, version, Pragma(connection, "pragma application_id"));
        if (version == Version)
            return;

        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            begin immediate;
            pragma application_id = {ApplicationId};
            pragma user_version = {Version};
            {string.Concat(Steps[version..])}
            commit;
            pragma wal_checkpoint(truncate);
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>The version of an open file's tables; 0 when it has none.</summary>
    public static int VersionOf(SqliteConnection connection) =>
        Pragma(connection, "pragma user_version");

    private static void RefuseOthers(string file, int version, int applicationId)
    {
        if (version > Version && applicationId == ApplicationId)
        {
            throw new StoreException(
                StoreFault.TooNew,
                $"The data in {file} is version {version}; this program knows versions up to "
                + $"{Version}. Nothing was touched. Use the newer program, or restore a backup "
                + "that was made before the upgrade.");
        }

        if ((version != 0 || applicationId != 0) && applicationId != ApplicationId)
        {
            throw new StoreException(
                StoreFault.Unusable,
                $"{file} is another program's database. Name another data folder.");
        }
    }

    private static int Pragma(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
