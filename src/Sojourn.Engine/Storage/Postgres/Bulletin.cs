using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Npgsql;

namespace Sojourn.Storage.Postgres;

/// <summary>
/// Listens to what other servers and this one commit, on a connection of its own, and passes it
/// on. Runs from <see cref="StartAsync"/> until disposed; a lost connection is made again.
/// </summary>
/// <param name="database">Where to listen.</param>
/// <param name="tables">All kinds' tables.</param>
/// <param name="projectsChanged">Called at the start, and when projects or keys changed.</param>
/// <param name="documentsChanged">
/// Called at the start with null, and with a document's place when that changed.
/// </param>
/// <param name="clock">Measures pauses.</param>
internal sealed class Bulletin(
    Database database,
    IReadOnlyList<SessionTable> tables,
    Func<CancellationToken, Task> projectsChanged,
    Func<DocumentPlace?, CancellationToken, Task> documentsChanged,
    TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Commits that wait for a slow reader; it misses those beyond.</summary>
    public const int WaitingMax = 256;

    /// <summary>Notifications that wait to be passed on; those beyond are missed by all.</summary>
    private const int NoticesMax = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Channel<SessionChanges>, string> _readers = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _listening = Task.CompletedTask;
    private volatile string? _trouble;

    /// <summary>Why nothing is heard at the moment; null when all is well.</summary>
    public string? Trouble => _trouble;

    /// <summary>Begins to listen; on return the first connection listens.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        var connection = await ConnectAsync(cancel);
        _listening = RunAsync(connection, _stop.Token);
    }

    /// <summary>
    /// A project's commits from now on, until cancelled; "now" is when this is called, not when
    /// it is first read.
    /// </summary>
    public IAsyncEnumerable<SessionChanges> Read(string project, CancellationToken cancel)
    {
        var channel = Channel.CreateBounded<SessionChanges>(
            new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest });
        _readers[channel] = project;
        return ReadAsync(channel, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        foreach (var reader in _readers.Keys)
            reader.Writer.TryComplete();
        _stop.Dispose();
    }

    private async Task RunAsync(NpgsqlConnection? connection, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                connection ??= await ConnectAsync(stop);
                await ListenAsync(connection, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Disposed.
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
            {
                _trouble = $"PostgreSQL does not answer: {e.Message}";
                await Task.Delay(Pause, clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            finally
            {
                if (connection is not null)
                    await connection.DisposeAsync();
                connection = null;
            }
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        var connection = await database.ListenAsync(cancel);
        await using var listen = new NpgsqlCommand(
            $"listen {Changes.Channel}; listen {Changes.ProjectChannel}; "
            + $"listen {Changes.DocumentChannel}",
            connection);
        await listen.ExecuteNonQueryAsync(cancel);
        await projectsChanged(cancel);
        await documentsChanged(null, cancel);
        _trouble = null;
        return connection;
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var notices = new Queue<NpgsqlNotificationEventArgs>();
        connection.Notification += (_, notice) =>
        {
            // Only news of sessions come in floods; a revoked key must never be missed.
            if (notices.Count < NoticesMax || notice.Channel != Changes.Channel)
                notices.Enqueue(notice);
        };
        while (true)
        {
            while (notices.TryDequeue(out var notice))
                await PassOnAsync(notice, stop);
            await connection.WaitAsync(stop);
        }
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
            _readers.TryRemove(channel, out _);
        }
    }

    private async Task PassOnAsync(NpgsqlNotificationEventArgs notice, CancellationToken stop)
    {
        if (notice.Channel == Changes.ProjectChannel)
        {
            await projectsChanged(stop);
            return;
        }

        if (notice.Channel == Changes.DocumentChannel)
        {
            if (Changes.TryParse(notice.Payload, out DocumentPlace? place))
                await documentsChanged(place, stop);
            return;
        }

        if (!Changes.TryParse(notice.Payload, out var project, out var sequence))
            return;

        var readers = _readers.Where(reader => reader.Value == project).ToArray();
        if (readers.Length == 0)
            return;

        var changes = await database.ReadAsync(
            work => Changes.ReadAsync(work, tables, project, sequence, stop), stop);
        if (changes is null)
            return;

        foreach (var (reader, _) in readers)
            reader.Writer.TryWrite(changes);
    }
}
