using Sojourn.Events;

namespace Sojourn.Storage.Sqlite;

/// <summary>Brings memory to where the disk is, at the start.</summary>
internal static class Recovery
{
    /// <summary>Compares the database with what the witness saw.</summary>
    /// <exception cref="StoreException">Something that was committed is not there.</exception>
    public static void CheckWitness(BlockLog log, Witness witness, string witnessFile)
    {
        if (witness.Read() is not { } seen)
            return;

        var goOn = $"Restore a backup into another folder. To go on without them, delete "
            + $"{witnessFile} and start again.";
        if (seen.Sequence > log.LastSequence)
        {
            throw new StoreException(
                StoreFault.Damaged,
                $"{seen.Sequence - log.LastSequence} committed blocks are missing: the database "
                + $"ends at {log.LastSequence}, but {seen.Sequence} blocks with {seen.Events} "
                + $"events were committed. {goOn}");
        }

        if (seen.Sequence > 0
            && log.ChainAt(seen.Sequence)?.AsSpan().SequenceEqual(seen.Chain.Span) != true)
        {
            throw new StoreException(
                StoreFault.Damaged,
                $"The database is not the one that was written here: block {seen.Sequence} "
                + $"differs from what the witness saw. {goOn}");
        }
    }

    /// <summary>Takes every block that the shares do not hold yet.</summary>
    /// <exception cref="StoreException">A block is missing or damaged.</exception>
    public static void Replay(BlockLog log, IReadOnlyDictionary<string, ProjectShare> shares)
    {
        var rows = log.RowsAfter(0);
        RefuseGaps(rows);
        var saved = shares.Values.ToDictionary(share => share.Project.Id, share => share.LastBlock);
        foreach (var row in rows)
        {
            if (row.Sequence <= saved[row.Project] && row.Contents == BlockContents.Events)
                shares[row.Project].Events.Places.Add(row.Place);
        }

        foreach (var row in rows)
        {
            if (row.Sequence > saved[row.Project])
                Take(log, row, shares[row.Project]);
            else if (row.Contents == BlockContents.Action)
                shares[row.Project].Remember(StaffActions.Read(log.Load(row.Sequence)));
        }
    }

    private static void RefuseGaps(List<BlockRow> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Sequence == i + 1)
                continue;

            throw new StoreException(
                StoreFault.Damaged,
                $"Block {i + 1} of the database is missing. Restore a backup into another "
                + "folder; sojourn verify names all damage.");
        }
    }

    private static void Take(BlockLog log, BlockRow row, ProjectShare share)
    {
        var block = log.Load(row.Sequence);
        if (row.Contents == BlockContents.Action)
        {
            share.Take(StaffActions.Read(block), row.Sequence);
            return;
        }

        var events = new Event[block.Count];
        var ids = new ulong[block.Count];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = block[i];
            ids[i] = Fingerprint.Of(events[i].Id);
        }

        log.Keep(row.Sequence, block);
        share.Take(row.Place, events, ids);
    }
}
