using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sojourn.Storage.Sqlite;

/// <summary>The outbox's tables beside the blocks; written by the one writer.</summary>
internal sealed class OutboxTables(Database database, Committer committer, WriterTurns turns)
    : IOutboxTables
{
    public Task<T> ReadAsync<T>(Func<IOutboxWork, Task<T>> ask, CancellationToken cancel) =>
        database.Read(connection => ask(new OutboxWork(connection)));

    public async Task<T> ChangeAsync<T>(
        Func<IOutboxWork, Task<T>> change, CancellationToken cancel)
    {
        using var turn = await turns.TakeAsync(cancel);
        T result = default!; // Set unless the commit throws.
        committer.Commit(() =>
        {
            // SQLite's work is done when it returns.
            result = change(new OutboxWork(database.Writing)).GetAwaiter().GetResult();
            return 0;
        });
        return result;
    }

    private sealed class OutboxWork(SqliteConnection connection) : IOutboxWork
    {
        // There is one writer, and whoever decides is it.
        public Task LockAsync(string project, CancellationToken cancel) => Task.CompletedTask;

        public Task<int> RunAsync(string sql, object?[] values, CancellationToken cancel)
        {
            using var command = Command(sql, values);
            return Task.FromResult(command.ExecuteNonQuery());
        }

        public Task<List<T>> ListAsync<T>(
            string sql, object?[] values, Func<DbDataReader, T> read, CancellationToken cancel)
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return Task.FromResult(rows);
        }

        private SqliteCommand Command(string sql, object?[] values)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue(
                    string.Create(CultureInfo.InvariantCulture, $"${i + 1}"),
                    values[i] ?? DBNull.Value);
            }

            return command;
        }
    }
}
