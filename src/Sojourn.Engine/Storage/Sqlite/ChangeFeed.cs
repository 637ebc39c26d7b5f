using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Sojourn.Storage.Sqlite;

/// <summary>Hands each change to every reader; one that falls behind loses the oldest.</summary>
internal sealed class ChangeFeed
{
    /// <summary>Most changes that wait for a slow reader.</summary>
    private const int WaitingMax = 256;

    private ImmutableHashSet<Channel<SessionChanges>> _readers = [];
    private volatile bool _closed;

    /// <summary>Never waits and never fails.</summary>
    public void Publish(SessionChanges changes)
    {
        foreach (var reader in _readers)
            reader.Writer.TryWrite(changes);
    }

    /// <summary>Ends every reader's stream.</summary>
    public void Close()
    {
        _closed = true;
        foreach (var reader in _readers)
            reader.Writer.TryComplete();
    }

    /// <summary>Changes from this call on, even when they are first read later.</summary>
    public IAsyncEnumerable<SessionChanges> Read(CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<SessionChanges>(new BoundedChannelOptions(WaitingMax)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        ImmutableInterlocked.Update(ref _readers, readers => readers.Add(channel));
        if (_closed)
            channel.Writer.TryComplete();
        return ReadAsync(channel, cancel);
    }

    private async IAsyncEnumerable<SessionChanges> ReadAsync(
        Channel<SessionChanges> channel, [EnumeratorCancellation] CancellationToken cancel)
    {
        try
        {
            await foreach (var changes in channel.Reader.ReadAllAsync(cancel))
                yield return changes;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _readers, readers => readers.Remove(channel));
        }
    }
}
