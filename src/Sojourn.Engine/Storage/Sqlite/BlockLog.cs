using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sojourn.Storage.Sqlite;

/// <summary>A block's row without its payload.</summary>
/// <param name="Sequence">Its place among all blocks, from 1 without gaps.</param>
/// <param name="Contents">What it holds.</param>
/// <param name="Project">The project's id.</param>
/// <param name="Place">Its numbers and times.</param>
internal readonly record struct BlockRow(
    long Sequence, BlockContents Contents, string Project, BlockPlace Place);

/// <summary>
/// All blocks in order of commit. Each row holds the hash of its payload, and of all hashes so
/// far: the chain.
/// </summary>
internal sealed class BlockLog : IDisposable
{
    private const string InsertSql =
        """
        insert into blocks
            (sequence, project, contents, first, count, from_us, to_us, hash, chain, payload)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private readonly Database _database;
    private readonly BlockCache _cache;
    private readonly sqlite3_stmt _insert;
    private readonly byte[] _chain = new byte[SHA256.HashSizeInBytes];

    public BlockLog(Database database, BlockCache cache)
    {
        _database = database;
        _cache = cache;
        LastSequence = database.Read(connection => ReadLast(connection, _chain));
        var db = database.Writing.Handle;
        Check(raw.sqlite3_prepare_v2(db, InsertSql, out _insert));
    }

    /// <summary>The last block that was inserted, committed or not; 0 = none.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Hash over the hashes of all blocks up to the last.</summary>
    public ReadOnlyMemory<byte> Chain => _chain;

    /// <summary>Inserts a block into the open transaction.</summary>
    /// <returns>Its sequence.</returns>
    /// <exception cref="SqliteException">It could not be written.</exception>
    public long Insert(BlockHeader header, ReadOnlySpan<byte> payload)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(payload, hash);
        Link(_chain, hash, _chain);
        LastSequence++;

        raw.sqlite3_bind_int64(_insert, 1, LastSequence);
        raw.sqlite3_bind_text(_insert, 2, header.Project);
        raw.sqlite3_bind_int(_insert, 3, (int)header.Contents);
        raw.sqlite3_bind_int(_insert, 4, header.First);
        raw.sqlite3_bind_int(_insert, 5, header.Count);
        raw.sqlite3_bind_int64(_insert, 6, header.FromUs);
        raw.sqlite3_bind_int64(_insert, 7, header.ToUs);
        raw.sqlite3_bind_blob(_insert, 8, hash);
        raw.sqlite3_bind_blob(_insert, 9, _chain);
        Check(raw.sqlite3_bind_blob(_insert, 10, payload));
        var done = raw.sqlite3_step(_insert);
        if (done == raw.SQLITE_DONE)
            done = raw.sqlite3_reset(_insert);
        else
            _ = raw.sqlite3_reset(_insert);
        Check(done);
        return LastSequence;
    }

    /// <summary>Forgets what was inserted since, as its transaction was not committed.</summary>
    public void Forget(long lastSequence, ReadOnlySpan<byte> chain)
    {
        LastSequence = lastSequence;
        chain.CopyTo(_chain);
    }

    /// <summary>A block, from memory or from disk, where its hash is checked.</summary>
    /// <exception cref="StoreException">It is damaged, missing or unreadable.</exception>
    public EventBlock Get(long sequence)
    {
        if (_cache.Find(sequence) is { } cached)
            return cached;

        var block = Load(sequence);
        _cache.Add(sequence, block);
        return block;
    }

    /// <summary>A block from disk, without keeping it.</summary>
    /// <exception cref="StoreException">It is damaged, missing or unreadable.</exception>
    public EventBlock Load(long sequence)
    {
        try
        {
            return _database.Read(connection => Load(connection, sequence));
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.AtReading(e);
        }
    }

    /// <summary>Keeps a block that was just stored.</summary>
    public void Keep(long sequence, EventBlock block) => _cache.Add(sequence, block);

    /// <summary>All rows after one, in order, without payloads.</summary>
    public List<BlockRow> RowsAfter(long sequence) => _database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            select sequence, contents, project, first, count, from_us, to_us
            from blocks
            where sequence > $after
            order by sequence
            """;
        command.Parameters.AddWithValue("$after", sequence);
        using var reader = command.ExecuteReader();
        var rows = new List<BlockRow>();
        while (reader.Read())
        {
            var place = new BlockPlace(
                reader.GetInt64(0),
                reader.GetInt32(3),
                reader.GetInt32(4),
                reader.GetInt64(5),
                reader.GetInt64(6));
            var contents = (BlockContents)reader.GetByte(1);
            rows.Add(new BlockRow(place.Sequence, contents, reader.GetString(2), place));
        }

        return rows;
    });

    /// <summary>The chain as of a block, or null when there is no such block.</summary>
    public byte[]? ChainAt(long sequence) => _database.Read(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select chain from blocks where sequence = $sequence";
        command.Parameters.AddWithValue("$sequence", sequence);
        return (byte[]?)command.ExecuteScalar();
    });

    /// <summary>The next link of the chain: hash of the chain so far and a block's hash.</summary>
    public static void Link(ReadOnlySpan<byte> chain, ReadOnlySpan<byte> hash, Span<byte> next)
    {
        Span<byte> both = stackalloc byte[2 * SHA256.HashSizeInBytes];
        chain.CopyTo(both);
        hash.CopyTo(both[SHA256.HashSizeInBytes..]);
        SHA256.HashData(both, next);
    }

    public void Dispose() => _insert.Dispose();

    private static EventBlock Load(SqliteConnection connection, long sequence)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select hash, payload from blocks where sequence = $sequence";
        command.Parameters.AddWithValue("$sequence", sequence);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            throw Damaged(sequence, "it is not there");

        var hash = (byte[])reader.GetValue(0);
        var payload = (byte[])reader.GetValue(1);
        if (!SHA256.HashData(payload).AsSpan().SequenceEqual(hash))
            throw Damaged(sequence, "its content is not what was stored");

        try
        {
            return new EventBlock(BlockHeader.Read(payload), payload);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(sequence, e.Message);
        }
    }

    private static StoreException Damaged(long sequence, string how) => new(
        StoreFault.Damaged,
        $"Block {sequence} of the database is damaged: {how}. "
        + "Restore a backup into another folder; sojourn verify names all damage.");

    private static long ReadLast(SqliteConnection connection, Span<byte> chain)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "select sequence, chain from blocks order by sequence desc limit 1";
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return 0;

        ((byte[])reader.GetValue(1)).CopyTo(chain);
        return reader.GetInt64(0);
    }

    private void Check(int code)
    {
        if (code == raw.SQLITE_OK)
            return;

        var db = _database.Writing.Handle;
        throw new SqliteException(
            raw.sqlite3_errmsg(db).utf8_to_string(), code & 0xFF, raw.sqlite3_extended_errcode(db));
    }
}
