using System.Collections.Concurrent;
using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>The feeds of all projects somebody has watched, and the seats there are.</summary>
internal sealed class LiveFeeds(
    IStore store, Lenses lenses, IHostApplicationLifetime lifetime, ILogger<LiveFeeds> log)
{
    /// <summary>Most streams of one project.</summary>
    public const int StreamsPerProjectMax = 100;

    /// <summary>Most streams of the server.</summary>
    public const int StreamsMax = 2_000;

    private readonly ConcurrentDictionary<string, Lazy<Task<LiveFeed>>> _feeds = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _seats = [];
    private int _taken;

    /// <summary>The feed of a project, from its first watcher on.</summary>
    public Task<LiveFeed> OfAsync(string project) =>
        _feeds.GetOrAdd(project, id => new Lazy<Task<LiveFeed>>(() => StartAsync(id))).Value;

    /// <summary>Takes a seat; false when there is none left.</summary>
    public bool TryTakeSeat(string project)
    {
        lock (_lock)
        {
            var taken = _seats.GetValueOrDefault(project);
            if (taken >= StreamsPerProjectMax || _taken >= StreamsMax)
                return false;

            _seats[project] = taken + 1;
            _taken++;
            return true;
        }
    }

    /// <summary>Gives a seat back.</summary>
    public void LeaveSeat(string project)
    {
        lock (_lock)
        {
            _seats[project]--;
            _taken--;
        }
    }

    private async Task<LiveFeed> StartAsync(string project)
    {
        try
        {
            // Listening before asking, so that no commit falls between the two.
            var stop = lifetime.ApplicationStopping;
            var changes = store.ChangesAsync(project, stop);
            var now = await store.QueryAsync(
                project,
                new SessionQuery { Lens = lenses.All[0], Limit = 1, WithFacets = false },
                stop);
            var feed = new LiveFeed(now.AsOf.Sequence);
            _ = FollowAsync(project, feed, changes);
            return feed;
        }
        catch
        {
            _feeds.TryRemove(project, out _);
            throw;
        }
    }

    private async Task FollowAsync(
        string project, LiveFeed feed, IAsyncEnumerable<SessionChanges> changes)
    {
        try
        {
            await foreach (var change in changes)
                feed.Add(change);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (Exception failure)
        {
            // The next watcher starts a new feed, and is told to load anew.
            log.LogError(failure, "Live changes of {Project} ended", project);
        }
        finally
        {
            _feeds.TryRemove(project, out _);
        }
    }
}
