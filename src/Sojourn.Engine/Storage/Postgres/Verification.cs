using System.Runtime.CompilerServices;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Rebuilds everything from the events and names every difference.</summary>
internal static class Verification
{
    private const int EventsAtOnce = 1_000;

    public static async IAsyncEnumerable<string> RunAsync(
        Work work,
        Catalog catalog,
        CircleFold fold,
        IReadOnlyList<Project> projects,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var difference in await DocumentRows.DifferencesAsync(work, cancel))
            yield return difference;
        foreach (var project in projects)
        {
            await foreach (var difference in EventsAsync(work, catalog, project, cancel))
                yield return $"project {project.Name}: {difference}";
            await foreach (var difference in SessionsAsync(work, catalog, fold, project, cancel))
                yield return $"project {project.Name}: {difference}";
        }
    }

    // Each event against its fingerprint and its circle, and all of them against the counts.
    private static async IAsyncEnumerable<string> EventsAsync(
        Work work,
        Catalog catalog,
        Project project,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var events = 0L;
        var pages = EventRows.AllAsync(work, project.Id, cancel).Chunk(EventsAtOnce);
        await foreach (var page in pages.WithCancellation(cancel))
        {
            events += page.Length;
            var known = await Dedupe.KnownAsync(work, project.Id, page, cancel);
            var circles = await Circles.OfAsync(
                work,
                project.Id,
                [.. page.SelectMany(e => Ties.Of(e, catalog.Kinds)).Distinct()],
                cancel);
            foreach (var e in page)
            {
                if (!known.TryGetValue(e.Id, out var fingerprint))
                    yield return $"event {e.Id} is missing in the list of ids";
                else if (fingerprint != Dedupe.FingerprintOf(e))
                    yield return $"event {e.Id} is not what was sent";
                if (!AreTogether(Ties.Of(e, catalog.Kinds), circles))
                    yield return $"event {e.Id} ties what is not together";
            }
        }

        var progress = await Progress.ReadAsync(work, project.Id, cancel);
        var ids = await Dedupe.CountAsync(work, project.Id, cancel);
        if (events != progress.Events)
            yield return $"{progress.Events} events were accepted, {events} are there";
        if (ids != progress.Events)
            yield return $"{progress.Events} events were accepted, {ids} ids are there";
    }

    private static bool AreTogether(long[] tie, Dictionary<long, long> circles) =>
        tie.Length == 0
        || (circles.TryGetValue(tie[0], out var circle)
            && tie.All(bucket => circles.TryGetValue(bucket, out var other) && other == circle));

    private static async IAsyncEnumerable<string> SessionsAsync(
        Work work,
        Catalog catalog,
        CircleFold fold,
        Project project,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var counts = catalog.Tables.ToDictionary(table => table, _ => 0L);
        await foreach (var buckets in CircleFold.AllAsync(work, project.Id, cancel))
        {
            var circle = await CircleFold.LoadAsync(work, project, buckets, cancel);
            var sessions = fold.Fold(project, circle).ToLookup(session => session.Kind);
            foreach (var table in catalog.Tables)
            {
                var stored = await SessionRows.OfBucketsAsync(
                    work, table, project.Id, buckets, cancel);
                counts[table] += stored.Count;
                foreach (var difference in Differences(table, sessions[table.Kind.Name], stored))
                    yield return difference;
            }
        }

        foreach (var (table, count) in counts)
        {
            var all = await SessionRows.CountAsync(work, table, project.Id, cancel);
            if (all != count)
                yield return $"{all - count} sessions of kind {table.Kind.Name} have no events";
        }
    }

    private static IEnumerable<string> Differences(
        SessionTable table,
        IEnumerable<Session> folded,
        IEnumerable<(Session Session, string Searched)> stored)
    {
        var rows = stored.ToDictionary(row => row.Session.Id);
        foreach (var session in folded)
        {
            if (!rows.Remove(session.Id, out var row))
                yield return $"session {session.Id} is missing";
            else if (table.ContentOf(row.Session) != table.ContentOf(session)
                || row.Searched != SearchedText.Of(session, table.Kind))
                yield return $"session {session.Id} is not what its events make";
        }

        foreach (var id in rows.Keys)
            yield return $"session {id} is there and its events make none";
    }
}
