using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Folds visits under another timeout and compares. Writes nothing.</summary>
internal static class Preview
{
    public static async Task<TimeoutPreview> RunAsync(
        Work work,
        Catalog catalog,
        CircleFold fold,
        Project project,
        TimeSpan timeout,
        CancellationToken cancel)
    {
        var byPerson = catalog.Kinds.Where(kind => kind.ByPerson).Select(kind => kind.Name);
        var other = project with { Settings = project.Settings with { Timeout = timeout } };
        var (before, after, split, merged) = (0L, 0L, 0L, 0L);
        await foreach (var buckets in CircleFold.AllAsync(work, project.Id, cancel))
        {
            var circle = await CircleFold.LoadAsync(work, project, buckets, cancel);
            var now = VisitsOf(fold.Fold(project, circle));
            var then = VisitsOf(fold.Fold(other, circle));

            // A visit is named after its first event, so that each name is one boundary.
            before += now.Count;
            after += then.Count;
            split += then.Count(id => !now.Contains(id));
            merged += now.Count(id => !then.Contains(id));
        }

        return new TimeoutPreview(before, after, split, merged);

        HashSet<SessionId> VisitsOf(IEnumerable<Session> sessions) =>
        [
            .. sessions
                .Where(session => byPerson.Contains(session.Kind))
                .Select(session => session.Id),
        ];
    }
}
