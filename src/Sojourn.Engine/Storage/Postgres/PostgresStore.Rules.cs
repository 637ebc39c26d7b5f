using System.Runtime.CompilerServices;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Sessions made anew because rules changed, or to see what would change.</summary>
public sealed partial class PostgresStore
{
    /// <inheritdoc/>
    public ProjectSettings SettingsOf(string project) => Ruled(project).Settings;

    /// <inheritdoc/>
    /// <remarks>Circle by circle, so not in order of start.</remarks>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public IAsyncEnumerable<Session> ReplayAsync(
        string project, ProjectSettings settings, Lens lens, CancellationToken cancel) =>
        _database.StreamAsync(
            work => ReplayAsync(
                work, _projects.Get(project) with { Settings = settings }, lens, cancel),
            cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<SessionGroups> GroupAsync(
        string project, GroupQuery query, CancellationToken cancel) =>
        _database.ReadAsync(
            work => SessionQueries.GroupsAsync(
                work, Compile(project, query.Sessions), query, cancel),
            cancel);

    private async IAsyncEnumerable<Session> ReplayAsync(
        Work work, Project project, Lens lens, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var buckets in CircleFold.AllAsync(work, project.Id, cancel))
        {
            var circles = await CircleFold.LoadAsync(work, project, buckets, cancel);
            foreach (var session in _fold.Fold(project, circles))
            {
                if (session.Kind == lens.Kind.Name)
                    yield return session;
            }
        }
    }

    // Who appends meanwhile waits for the project, and then reads the rules anew.
    private async Task ApplyRulesAsync(Work work, Project project, CancellationToken cancel)
    {
        var progress = await Progress.HoldAsync(work, project.Id, cancel);
        await RefoldAsync(work, project, cancel);

        // Readers of changes see a gap, because what changed is everything.
        progress = progress with { Sequence = progress.Sequence + 2 };
        await progress.StoreAsync(work, project.Id, cancel);
        await Changes.AnnounceAsync(work, project.Id, progress.Sequence, [], cancel);
    }

    private async Task RefoldAsync(Work work, Project project, CancellationToken cancel)
    {
        var ruled = await DocumentRows.RuledAsync(work, project, cancel);
        await foreach (var buckets in CircleFold.AllAsync(work, project.Id, cancel))
            await _fold.StoreAsync(work, ruled, buckets, newRules: true, cancel);
    }

    private Project Ruled(string project) => Ruled(_projects.Get(project));

    private Project Ruled(Project project) => project with
    {
        Settings = project.Settings.With(_documents.List(project.Id, RuleSets.Collection)),
    };
}
