using System.Runtime.CompilerServices;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>Sessions made anew because rules changed, or to see what would change.</summary>
public sealed partial class EmbeddedStore
{
    private readonly SemaphoreSlim _refolding = new(1);

    /// <inheritdoc/>
    public ProjectSettings SettingsOf(string project) => ShareOf(project).Project.Settings;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Session> ReplayAsync(
        string project,
        ProjectSettings settings,
        Lens lens,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var share = ShareOf(project);
        using var other = share.Under(settings);
        await Task.Run(() => other.Follow(share, cancel), cancel);
        var everything = new SessionQuery
        {
            Lens = lens,
            Suppressed = SuppressedView.All,
            Archived = true,
            Descending = false,
        };
        foreach (var session in other.Ask(
            (columns, asOf) => columns.Export(everything, asOf), _clock.NowUs()))
        {
            yield return session;
        }
    }

    /// <inheritdoc/>
    public Task<SessionGroups> GroupAsync(
        string project, GroupQuery query, CancellationToken cancel) =>
        Task.FromResult(ShareOf(project).Ask(
            (columns, asOf) => columns.Group(query, asOf), _clock.NowUs()));

    // The old sessions are served until the new ones are there. What is stored meanwhile is
    // folded while the writer waits, which is little.
    private async Task RefoldAsync(string project)
    {
        await _refolding.WaitAsync(CancellationToken.None);
        try
        {
            var old = ShareOf(project);
            var share = old.Under(Ruled(old.Project).Settings);
            await Task.Run(() => share.Follow(old, CancellationToken.None), CancellationToken.None);
            using var turn = await _turns.TakeAsync(CancellationToken.None);
            share.Follow(old, CancellationToken.None);
            share.Replace(old);
            _shares = new(_shares) { [project] = share };
        }
        finally
        {
            _refolding.Release();
        }
    }

    private Project Ruled(Project project) => project with
    {
        Settings = project.Settings.With(
            _documents.Book.List(project.Id, RuleSets.Collection)),
    };
}
