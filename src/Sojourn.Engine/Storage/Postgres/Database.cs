using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Sojourn.Storage.Postgres;

/// <summary>The connections to PostgreSQL: a bounded pool, with a limit on every answer.</summary>
internal sealed class Database : IAsyncDisposable
{
    /// <summary>Most connections of this process, besides the one that listens.</summary>
    public const int ConnectionsMax = 32;

    /// <summary>Longest a statement may take; exports and rebuilds are many statements.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _listening;
    private volatile string? _trouble;

    /// <exception cref="StoreException">The text is no connection string.</exception>
    public Database(string connectionString)
    {
        try
        {
            _source = NpgsqlDataSource.Create(Bounded(connectionString));
            var listening = Bounded(connectionString);
            listening.Pooling = false;
            listening.KeepAlive = 3; // Seconds: a lost server is noticed within five.
            _listening = NpgsqlDataSource.Create(listening);
        }
        catch (ArgumentException e)
        {
            throw new StoreException(
                StoreFault.Unusable,
                $"This is no connection string of PostgreSQL ({e.Message}). Give one such as "
                + "Host=localhost;Username=sojourn;Database=sojourn.",
                e);
        }
    }

    /// <summary>Why the last transaction failed; null when it did not.</summary>
    public string? Trouble => _trouble;

    /// <summary>Asks within one instant.</summary>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<T> ReadAsync<T>(Func<Work, Task<T>> ask, CancellationToken cancel) =>
        TryAsync(async () =>
        {
            await using var work = await BeginAsync(IsolationLevel.RepeatableRead, cancel);
            return await ask(work);
        });

    /// <summary>Changes something, wholly or not at all.</summary>
    /// <exception cref="StoreException">
    /// The database does not answer. Whether it was changed is unknown.
    /// </exception>
    public Task<T> ChangeAsync<T>(Func<Work, Task<T>> change, CancellationToken cancel) =>
        TryAsync(async () =>
        {
            await using var work = await BeginAsync(IsolationLevel.ReadCommitted, cancel);
            var result = await change(work);
            await work.CommitAsync(cancel);
            return result;
        });

    /// <summary>Reads rows of one instant while they are used.</summary>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        Func<Work, IAsyncEnumerable<T>> ask,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var work = await TryAsync(
            () => BeginAsync(IsolationLevel.RepeatableRead, cancel));
        await using var rows = ask(work).GetAsyncEnumerator(cancel);
        while (await TryAsync(() => rows.MoveNextAsync().AsTask()))
            yield return rows.Current;
    }

    /// <summary>A connection of its own for notifications.</summary>
    public ValueTask<NpgsqlConnection> ListenAsync(CancellationToken cancel) =>
        _listening.OpenConnectionAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _listening.DisposeAsync();
    }

    private async Task<Work> BeginAsync(IsolationLevel isolation, CancellationToken cancel)
    {
        var connection = await _source.OpenConnectionAsync(cancel);
        try
        {
            return new Work(connection, await connection.BeginTransactionAsync(isolation, cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<T> TryAsync<T>(Func<Task<T>> attempt)
    {
        try
        {
            var result = await attempt();
            _trouble = null;
            return result;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            _trouble = $"PostgreSQL does not answer as it should: {e.Message}";
            throw new StoreException(
                StoreFault.Unreachable,
                $"{_trouble}. See that it runs and is reachable; sending again is safe.",
                e);
        }
    }

    // An answered commit is on disk whatever the server's default says. The server gives up
    // before we do, so that no statement runs on for an asker who has left. Compiling (jit) took
    // longer than it saved on every list that was measured.
    private static NpgsqlConnectionStringBuilder Bounded(string connectionString)
    {
        var seconds = (int)AnswerWithin.TotalSeconds;
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, ConnectionsMax);
        settings.Timeout = seconds;
        settings.CommandTimeout = seconds + 1;
        settings.MaxAutoPrepare = 64;
        settings.Options = $"{settings.Options} -c statement_timeout={seconds}s"
            + " -c synchronous_commit=on -c jit=off -c client_min_messages=warning";
        return settings;
    }
}
