using Npgsql;

namespace Sojourn.Storage.Postgres;

/// <summary>One transaction on one connection. Not committed, it never happened.</summary>
internal sealed class Work(NpgsqlConnection connection, NpgsqlTransaction transaction)
    : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken cancel) => transaction.CommitAsync(cancel);

    /// <summary>
    /// A command; <c>$1</c> is the first value. A value may be a parameter of its own type, and
    /// null stands for SQL's null.
    /// </summary>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(
                value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<int> ExecuteAsync(
        string sql, object?[] values, CancellationToken cancel)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>One statement for each of several things, in one exchange.</summary>
    public async Task EachAsync<T>(
        string sql, IEnumerable<T> things, Func<T, object?[]> values, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var thing in things)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values(thing))
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The first value of the first row; null when there is none.</summary>
    public async Task<object?> ScalarAsync(
        string sql, object?[] values, CancellationToken cancel)
    {
        await using var command = Command(sql, values);
        var value = await command.ExecuteScalarAsync(cancel);
        return value is DBNull ? null : value;
    }

    /// <summary>All rows of a question whose answer is known to be small.</summary>
    public async Task<List<T>> ListAsync<T>(
        string sql,
        object?[] values,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancel)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Writes many rows of a table.</summary>
    public Task<NpgsqlBinaryImporter> CopyAsync(
        string table, string columns, CancellationToken cancel) =>
        connection.BeginBinaryImportAsync(
            $"copy {table} ({columns}) from stdin (format binary)", cancel);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
