using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Sojourn.Events;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// Reads every block of a database as it is on disk and names what is not as it was stored.
/// Needs nothing in memory, so it works on data too damaged to be opened.
/// </summary>
internal sealed class BlockVerification(Database database)
{
    private readonly Dictionary<string, (int Events, int Actions)> _counts = [];
    private readonly byte[] _chain = new byte[SHA256.HashSizeInBytes];
    private long _sequence;
    private Testimony? _seen;

    /// <summary>Blocks read.</summary>
    public long Sequence => _sequence;

    /// <summary>Events read, in all projects.</summary>
    public long Events => _counts.Values.Sum(count => (long)count.Events);

    /// <summary>The chain over the blocks read.</summary>
    public ReadOnlyMemory<byte> Chain => _chain;

    /// <summary>Names every difference, in plain words.</summary>
    /// <param name="seen">What the witness saw; null = there is no witness.</param>
    public IEnumerable<string> Run(Testimony? seen)
    {
        _seen = seen;
        using var connection = database.OpenReading();
        foreach (var text in Texts(connection, "pragma integrity_check"))
        {
            if (text != "ok")
                yield return $"SQLite finds the file damaged: {text}";
        }

        foreach (var table in Texts(connection, "pragma foreign_key_check"))
            yield return $"A row of {table} belongs to a project that is not there.";
        foreach (var difference in Rows(connection).SelectMany(Check))
            yield return difference;
        if (seen?.Sequence > _sequence)
        {
            yield return $"{seen.Value.Sequence - _sequence} committed blocks are missing: the "
                + $"database ends at {_sequence}, but {seen.Value.Sequence} blocks with "
                + $"{seen.Value.Events} events were committed.";
        }
    }

    private IEnumerable<string> Check(Row row)
    {
        if (row.Sequence != _sequence + 1)
            yield return $"Blocks {_sequence + 1} to {row.Sequence - 1} are missing.";

        _sequence = row.Sequence;
        var isWhole = SHA256.HashData(row.Payload).AsSpan().SequenceEqual(row.Hash);
        BlockLog.Link(_chain, row.Hash, _chain);
        if (!_chain.AsSpan().SequenceEqual(row.Chain))
        {
            yield return $"Block {row.Sequence} does not follow from the blocks before it.";
            row.Chain.CopyTo(_chain, 0);
        }

        if (row.Sequence == _seen?.Sequence
            && !_chain.AsSpan().SequenceEqual(_seen.Value.Chain.Span))
            yield return $"Block {row.Sequence} differs from what the witness saw.";

        var broken = isWhole ? CheckContents(row) : "its content is not what was stored";
        if (broken is null)
            yield break;

        // What comes after is judged by itself.
        var end = row.Place.First + row.Place.Count;
        var (events, actions) = _counts.GetValueOrDefault(row.Project);
        _counts[row.Project] = row.Contents == BlockContents.Events
            ? (end, actions)
            : (events, row.Place.First);
        yield return $"Block {row.Sequence} is damaged: {broken}.";
    }

    private string? CheckContents(Row row)
    {
        try
        {
            var header = BlockHeader.Read(row.Payload);
            if (header.Project != row.Project || header.Contents != row.Contents
                || header.PlaceAt(row.Sequence) != row.Place)
            {
                return "its row says something else than its content";
            }

            var block = new EventBlock(header, row.Payload);
            return header.Contents == BlockContents.Action
                ? CheckAction(header, block)
                : CheckEvents(header, block);
        }
        catch (InvalidDataException e)
        {
            return e.Message.TrimEnd('.');
        }
    }

    private string? CheckAction(BlockHeader header, EventBlock block)
    {
        var (events, actions) = _counts.GetValueOrDefault(header.Project);
        _counts[header.Project] = (events, actions + 1);
        return header.First != actions + 1 ? $"action {actions + 1} was expected"
            : StaffActions.Read(block).Number != header.First ? "its action has another number"
            : null;
    }

    private string? CheckEvents(BlockHeader header, EventBlock block)
    {
        var (events, actions) = _counts.GetValueOrDefault(header.Project);
        if (header.First != events)
            return $"it begins at event {header.First} where {events} was expected";

        _counts[header.Project] = (events + header.Count, actions);

        for (var i = 0; i < block.Count; i++)
        {
            if (EventContent.FingerprintOf(block[i]) != block.ContentOf(i))
                return $"event {block[i].Id} is not what its fingerprint says";
        }

        return null;
    }

    private static IEnumerable<Row> Rows(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            select sequence, contents, project, first, count, from_us, to_us, hash, chain, payload
            from blocks
            order by sequence
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new Row(
                (BlockContents)reader.GetByte(1),
                reader.GetString(2),
                new BlockPlace(
                    reader.GetInt64(0),
                    reader.GetInt32(3),
                    reader.GetInt32(4),
                    reader.GetInt64(5),
                    reader.GetInt64(6)),
                (byte[])reader.GetValue(7),
                (byte[])reader.GetValue(8),
                (byte[])reader.GetValue(9));
        }
    }

    private static IEnumerable<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader.GetString(0);
    }

    private sealed record Row(
        BlockContents Contents,
        string Project,
        BlockPlace Place,
        byte[] Hash,
        byte[] Chain,
        byte[] Payload)
    {
        public long Sequence => Place.Sequence;
    }
}
