using Npgsql;
using Xunit;

namespace Sojourn.Tests.Storage.Postgres;

/// <summary>A database of its own for one test class, made when first asked for.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private const string Variable = "SOJOURN_TEST_POSTGRES";

    private readonly string _name = $"sojourn_test_{Guid.NewGuid():N}";
    private readonly SemaphoreSlim _making = new(1);
    private string? _made;

    /// <summary>
    /// The connection string. Without a server the test is skipped, on a build server it fails.
    /// </summary>
    public async Task<string> GetAsync(CancellationToken cancel)
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        const string reason = $"{Variable} names no PostgreSQL; try build/postgres.sh run.";
        if (string.IsNullOrEmpty(server) && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.SkipWhen(string.IsNullOrEmpty(server), reason);

        await _making.WaitAsync(cancel);
        try
        {
            if (_made is null)
            {
                await RunAsync(server!, $"create database {_name}"); // Skipped above when null.
                _made = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ToString();
            }

            return _made;
        }
        finally
        {
            _making.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _making.Dispose();
        if (_made is null)
            return;

        await RunAsync(
            Environment.GetEnvironmentVariable(Variable)!, // It made the database.
            $"drop database if exists {_name} with (force)");
    }

    private static async Task RunAsync(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
