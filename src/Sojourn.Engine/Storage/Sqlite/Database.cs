using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// One SQLite file: one connection that writes and checkpoints, others that only read. The
/// writing side is for one thread at a time; the reading side is for any.
/// </summary>
internal sealed class Database : IDisposable
{
    // Checkpoints are ours, because SQLite's automatic ones swallow their errors.
    private const long CheckpointBytes = 32 << 20;

    // What a commit adds to the log besides the payloads: the pages around them.
    private const int CommitBytes = 16 << 10;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _file;
    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private long _sinceCheckpoint;

    private Database(string file, SqliteConnection writing)
    {
        _file = file;
        Writing = writing;
    }

    /// <summary>The connection that writes.</summary>
    public SqliteConnection Writing { get; }

    /// <summary>Opens the file, creating it when it is not there.</summary>
    /// <exception cref="StoreException">It is no database, or a newer program's.</exception>
    public static Database Open(string file)
    {
        _ = SystemSqlite.Version;
        Schema.CheckHeader(file);
        CloseToOthers(file);
        var writing = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            writing.Open();
            Run(
                writing,
                """
                pragma page_size = 8192;
                pragma journal_mode = wal;
                pragma synchronous = full;
                pragma wal_autocheckpoint = 0;
                pragma journal_size_limit = 67108864;
                pragma foreign_keys = on;
                pragma trusted_schema = off;
                pragma mmap_size = 0;
                """);
            Schema.Prepare(writing);
            return new Database(file, writing);
        }
        catch (SqliteException e)
        {
            writing.Dispose();
            throw SqliteFaults.AtOpening(file, e);
        }
        catch
        {
            writing.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that nobody writes, to read it.</summary>
    /// <exception cref="StoreException">It is none of ours, or a newer program's.</exception>
    public static Database OpenFrozen(string file)
    {
        _ = SystemSqlite.Version;
        Schema.CheckHeader(file);
        var connection = OpenReading(file);
        return new Database(file, connection);
    }

    /// <summary>Runs statements without an answer on the writing connection.</summary>
    public void Run(string sql) => Run(Writing, sql);

    /// <summary>Asks a question on a reading connection.</summary>
    public T Read<T>(Func<SqliteConnection, T> question)
    {
        var connection = _idle.TryTake(out var idle) ? idle : OpenReading();
        try
        {
            return question(connection);
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    /// <summary>Counts what a commit added, and moves the log into the file when due.</summary>
    /// <exception cref="SqliteException">The disk failed.</exception>
    public void Committed(long payloadBytes)
    {
        _sinceCheckpoint += payloadBytes + CommitBytes;
        if (_sinceCheckpoint < CheckpointBytes)
            return;

        Run("pragma wal_checkpoint(passive)");
        _sinceCheckpoint = 0;
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        Writing.Dispose();
    }

    /// <summary>Opens one more connection that only reads; the caller disposes of it.</summary>
    public SqliteConnection OpenReading() => OpenReading(_file);

    // The files SQLite makes beside it get the same mode.
    private static void CloseToOthers(string file)
    {
        if (OperatingSystem.IsWindows())
            return;

        File.OpenHandle(file, FileMode.OpenOrCreate).Dispose();
        if (File.GetUnixFileMode(file) != OwnerOnly)
            File.SetUnixFileMode(file, OwnerOnly);
    }

    private static SqliteConnection OpenReading(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        Run(connection, "pragma mmap_size = 0; pragma trusted_schema = off");
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
