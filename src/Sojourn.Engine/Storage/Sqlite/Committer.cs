using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// The one way to disk: a transaction that holds or does not, the witness after it, and no
/// further word once the disk has failed. For one thread at a time.
/// </summary>
internal sealed class Committer(Database database, BlockLog log, Witness witness)
{
    private long _payloadBytes;
    private int _witnessUnsynced;
    private volatile StoreException? _failure;

    /// <summary>Called just before a commit; a test throws here what a disk would.</summary>
    public Action? CommitFault { get; set; }

    /// <summary>Events on disk, in all projects.</summary>
    public long Events { get; set; }

    /// <summary>Why nothing is stored any more, or null while all is well.</summary>
    public StoreException? Failure => _failure;

    /// <summary>Stores all that is written meanwhile, or nothing of it.</summary>
    /// <param name="insert">
    /// Writes rows, blocks by <see cref="Insert"/>; returns the events inserted.
    /// </param>
    /// <exception cref="StoreException">None is stored, or the disk failed for good.</exception>
    public void Commit(Func<int> insert)
    {
        ThrowIfFailed();
        var (lastSequence, chain) = (log.LastSequence, log.Chain.ToArray());
        _payloadBytes = 0;
        int events;
        try
        {
            database.Run("begin immediate");
            events = insert();
            CommitFault?.Invoke();
            database.Run("commit");
        }
        catch (Exception e)
        {
            log.Forget(lastSequence, chain);
            RollBack();
            if (e is SqliteException cause)
                throw FaultOf(cause);
            throw;
        }

        Events += events;
        AfterCommit();
    }

    /// <summary>Inserts a block into the transaction that is open.</summary>
    /// <returns>Its sequence.</returns>
    public long Insert(BlockHeader header, ReadOnlySpan<byte> payload)
    {
        _payloadBytes += payload.Length;
        return log.Insert(header, payload);
    }

    /// <summary>Stores nothing more from now on, and says why.</summary>
    public void Fail(StoreException failure) => _failure ??= failure;

    /// <summary>What an error while storing means; a failed disk is remembered.</summary>
    public StoreException FaultOf(SqliteException cause)
    {
        var fault = SqliteFaults.AtCommit(cause);
        if (fault.Fault == StoreFault.Failed)
            Fail(fault);
        return fault;
    }

    /// <exception cref="StoreException">The disk has failed.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure)
            throw new StoreException(failure.Fault, failure.Message, failure);
    }

    /// <summary>Makes the witness last, when it has something new. From any thread.</summary>
    public void SyncWitness()
    {
        if (Interlocked.Exchange(ref _witnessUnsynced, 0) == 0)
            return;

        try
        {
            witness.Sync();
        }
        catch (IOException e)
        {
            Fail(WitnessFault(e));
        }
    }

    // What is committed stays committed: faults from here on stop the next commit, not this.
    private void AfterCommit()
    {
        try
        {
            witness.Write(new Testimony(log.LastSequence, Events, log.Chain));
            Volatile.Write(ref _witnessUnsynced, 1);
            database.Committed(_payloadBytes);
        }
        catch (IOException e)
        {
            Fail(WitnessFault(e));
        }
        catch (SqliteException e)
        {
            // A full disk only keeps the log from being moved into the file, which can wait.
            FaultOf(e);
        }
    }

    private void RollBack()
    {
        try
        {
            if (raw.sqlite3_get_autocommit(database.Writing.Handle) == 0)
                database.Run("rollback");
        }
        catch (SqliteException e)
        {
            Fail(SqliteFaults.AtCommit(e));
        }
    }

    private static StoreException WitnessFault(IOException cause) => new(
        StoreFault.Failed,
        $"The disk failed while storing ({cause.Message}). Nothing more is taken. "
        + "Check the disk and start again.",
        cause);
}
