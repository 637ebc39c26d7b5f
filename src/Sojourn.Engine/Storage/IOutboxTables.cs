using System.Data.Common;

namespace Sojourn.Storage;

/// <summary>How a store reads and writes the outbox's tables.</summary>
internal interface IOutboxTables
{
    /// <summary>Reads as of one instant.</summary>
    Task<T> ReadAsync<T>(Func<IOutboxWork, Task<T>> ask, CancellationToken cancel);

    /// <summary>Changes something, wholly and durably or not at all.</summary>
    Task<T> ChangeAsync<T>(Func<IOutboxWork, Task<T>> change, CancellationToken cancel);
}

/// <summary>One transaction. <c>$1</c> in a statement is the first value.</summary>
internal interface IOutboxWork
{
    /// <summary>Lets no other transaction decide about a project's outbox meanwhile.</summary>
    Task LockAsync(string project, CancellationToken cancel);

    /// <summary>Runs a statement; gives how many rows it changed.</summary>
    Task<int> RunAsync(string sql, object?[] values, CancellationToken cancel);

    /// <summary>All rows of a question whose answer is known to be small.</summary>
    Task<List<T>> ListAsync<T>(
        string sql, object?[] values, Func<DbDataReader, T> read, CancellationToken cancel);
}
