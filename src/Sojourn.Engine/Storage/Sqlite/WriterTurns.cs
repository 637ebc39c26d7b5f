namespace Sojourn.Storage.Sqlite;

/// <summary>Lets one writer work at a time, until closed.</summary>
/// <param name="free">Has one turn to give.</param>
internal sealed class WriterTurns(SemaphoreSlim free)
{
    private bool _closed;

    /// <summary>Waits for a turn; disposing of it lets the next one work.</summary>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public async Task<Turn> TakeAsync(CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        if (!_closed)
            return new Turn(free);

        free.Release();
        throw new ObjectDisposedException(nameof(EmbeddedStore));
    }

    /// <summary>Waits for the writer at work, and lets no other one work.</summary>
    /// <returns>False when that was done before.</returns>
    public async Task<bool> CloseAsync()
    {
        await free.WaitAsync();
        var isFirst = !_closed;
        _closed = true;
        free.Release();
        return isFirst;
    }

    /// <summary>One writer's turn.</summary>
    internal readonly struct Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
