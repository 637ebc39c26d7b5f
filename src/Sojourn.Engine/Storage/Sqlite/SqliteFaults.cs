using Microsoft.Data.Sqlite;

namespace Sojourn.Storage.Sqlite;

/// <summary>What SQLite's error codes mean for us. Source: sqlite.org/rescode.html.</summary>
internal static class SqliteFaults
{
    private const int Full = 13;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    /// <summary>True when there is no room left on the disk.</summary>
    public static bool IsFull(SqliteException e) => e.SqliteErrorCode == Full;

    /// <summary>
    /// While storing. Only a full disk is known to leave everything as it was; after any other
    /// fault the kernel may have dropped pages it said were written, and asking again would
    /// wrongly succeed.
    /// </summary>
    public static StoreException AtCommit(SqliteException e) => IsFull(e)
        ? new StoreException(
            StoreFault.Full,
            "The disk is full; nothing was stored. Make room: it works again by itself.",
            e)
        : new StoreException(
            StoreFault.Failed,
            $"The disk failed while storing ({e.Message}). Nothing more is taken. "
            + "Check the disk and start again: what was answered is looked for then.",
            e);

    /// <summary>While reading.</summary>
    public static StoreException AtReading(SqliteException e) => new(
        StoreFault.Damaged,
        $"Stored events cannot be read ({e.Message}). Check the disk, run sojourn verify.",
        e);

    /// <summary>While opening.</summary>
    public static StoreException AtOpening(string file, SqliteException e) =>
        e.SqliteErrorCode switch
        {
            Corrupt or NotADatabase => new StoreException(
                StoreFault.Damaged,
                $"{file} is damaged ({e.Message}). Restore a backup into another folder.",
                e),
            Full => new StoreException(
                StoreFault.Full,
                $"Cannot open {file}: the disk is full. Make room and start again.",
                e),
            ReadOnly => new StoreException(
                StoreFault.Unusable,
                $"Cannot write {file}: it is read-only. Allow writing, or name another folder.",
                e),
            _ => new StoreException(
                StoreFault.Unusable,
                $"Cannot open {file} ({e.Message}). Check the folder and the disk.",
                e),
        };
}
