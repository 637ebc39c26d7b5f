using System.Collections.Concurrent;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Follows the commits of every project that has a rule switched on, and tells the planner.
/// </summary>
internal sealed class OutreachWatch(
    IStore store, OutreachBook book, OutreachPlanner planner) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Watched> _watched = [];

    /// <summary>The rules that may send.</summary>
    public static IEnumerable<OutreachRule> RulesOn(OutreachSettings settings) =>
        settings.Rules.Where(rule => rule.Enabled);

    /// <summary>
    /// Follows projects whose rules changed since the last time, from what they have now on.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancel)
    {
        foreach (var project in store.Projects)
        {
            var (version, settings) = book.Current(project);
            if (_watched.TryGetValue(project.Id, out var before) && !before.Misses(version))
                continue;

            if (before is not null)
                await before.DisposeAsync();
            _watched.Remove(project.Id, out _);
            if (!RulesOn(settings).Any())
                continue;

            // Follow first, scan then: what changes meanwhile is noted twice, never missed.
            _watched[project.Id] = new Watched(version, project, settings, store, planner);
            await planner.ScanAsync(project, cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _watched.Values)
            await one.DisposeAsync();
    }

    private sealed class Watched : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly int _version;
        private readonly Task _reading;

        public Watched(
            int version, Project project, OutreachSettings settings, IStore store,
            OutreachPlanner planner)
        {
            _version = version;
            var changes = store.ChangesAsync(project.Id, _stop.Token);
            _reading = Task.Run(async () =>
            {
                long? last = null;
                await foreach (var commit in changes)
                {
                    // Whoever missed commits begins anew.
                    if (last is { } seen && commit.Sequence != seen + 1)
                        return;

                    last = commit.Sequence;
                    foreach (var session in commit.Changed)
                        planner.Note(project, settings, session);
                }
            });
        }

        public bool Misses(int version) => version != _version || _reading.IsCompleted;

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _reading.ContinueWith(_ => { }, TaskScheduler.Default);
            _stop.Dispose();
        }
    }
}
