using System.Data.Common;

namespace Sojourn.Storage.Postgres;

/// <summary>The outbox's tables in PostgreSQL.</summary>
internal sealed class OutboxTables(Database database) : IOutboxTables
{
    public Task<T> ReadAsync<T>(Func<IOutboxWork, Task<T>> ask, CancellationToken cancel) =>
        database.ReadAsync(work => ask(new OutboxWork(work)), cancel);

    public Task<T> ChangeAsync<T>(
        Func<IOutboxWork, Task<T>> change, CancellationToken cancel) =>
        database.ChangeAsync(work => change(new OutboxWork(work)), cancel);

    private sealed class OutboxWork(Work work) : IOutboxWork
    {
        public async Task LockAsync(string project, CancellationToken cancel)
        {
            const string sql =
                "select pg_advisory_xact_lock(hashtextextended('outbox ' || $1, 0))";
            await work.ScalarAsync(sql, [project], cancel);
        }

        public Task<int> RunAsync(string sql, object?[] values, CancellationToken cancel) =>
            work.ExecuteAsync(sql, values, cancel);

        public Task<List<T>> ListAsync<T>(
            string sql, object?[] values, Func<DbDataReader, T> read, CancellationToken cancel) =>
            work.ListAsync(sql, values, read, cancel);
    }
}
