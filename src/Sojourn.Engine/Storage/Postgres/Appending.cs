using Sojourn.Events;

namespace Sojourn.Storage.Postgres;

/// <summary>Stores events together with the sessions they change.</summary>
/// <param name="catalog">How sessions are made and where they are kept.</param>
/// <param name="fold">Folds what the events touch.</param>
internal sealed class Appending(Catalog catalog, CircleFold fold)
{
    /// <summary>Stores what is new of one project's events; the caller commits.</summary>
    /// <returns>What became of each event, in order.</returns>
    public async Task<AppendOutcome[]> StoreAsync(
        Work work, Project project, IReadOnlyList<Event> events, CancellationToken cancel)
    {
        var progress = await Progress.HoldAsync(work, project.Id, cancel);
        project = await DocumentRows.RuledAsync(work, project, cancel);
        var outcomes = await Dedupe.JudgeAsync(work, project.Id, events, cancel);
        var added = Added(project, events, outcomes, progress.Events);
        if (added.Count == 0)
            return outcomes;

        progress = progress with
        {
            Sequence = progress.Sequence + 1,
            Events = progress.Events + added.Count,
        };
        await progress.StoreAsync(work, project.Id, cancel);
        await Dedupe.InsertAsync(work, project.Id, added, cancel);
        await EventRows.InsertAsync(work, project.Id, added, cancel);

        var ties = added
            .Select(one => Ties.Of(one.Event, catalog.Kinds))
            .Where(tie => tie.Length > 0);
        var buckets = await Circles.JoinAsync(work, project.Id, ties, cancel);
        var changes = await fold.StoreAsync(
            work, project, buckets, newRules: false, cancel);
        await Changes.AnnounceAsync(work, project.Id, progress.Sequence, changes, cancel);
        return outcomes;
    }

    private List<NewEvent> Added(
        Project project, IReadOnlyList<Event> events, AppendOutcome[] outcomes, long last)
    {
        var suppression = catalog.SuppressionOf(project);
        var added = new List<NewEvent>();
        for (var place = 0; place < outcomes.Length; place++)
        {
            if (outcomes[place] != AppendOutcome.Stored)
                continue;

            var e = events[place];
            added.Add(new NewEvent(
                e,
                Bucket.Of(e, catalog.Kinds),
                ++last,
                Dedupe.FingerprintOf(e),
                suppression.RuleFor(e)));
        }

        return added;
    }
}
