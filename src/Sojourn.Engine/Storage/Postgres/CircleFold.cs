using System.Runtime.CompilerServices;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Sessions.Live;

namespace Sojourn.Storage.Postgres;

/// <summary>Folds whole circles: all the events and actions that decide their sessions.</summary>
/// <param name="catalog">How sessions are made and where they are kept.</param>
internal sealed class CircleFold(Catalog catalog)
{
    /// <summary>Circles looked at together when all of a project's are walked over.</summary>
    private const int CirclesAtOnce = 500;

    /// <summary>All that decides the sessions of some circles.</summary>
    public static async Task<LoadedCircles> LoadAsync(
        Work work, Project project, long[] buckets, CancellationToken cancel) =>
        buckets.Length == 0
            ? new LoadedCircles([], [])
            : new LoadedCircles(
                await EventRows.OfBucketsAsync(work, project.Id, buckets, cancel),
                await ActionRows.OfBucketsAsync(work, project.Id, buckets, cancel));

    /// <summary>Every session of some circles, with detail.</summary>
    public IReadOnlyList<Session> Fold(Project project, LoadedCircles circles) =>
        Sessionizer.All(
            catalog.Kinds,
            project.Settings,
            catalog.SuppressionOf(project),
            circles.Events,
            circles.Actions);

    /// <summary>Brings the stored sessions of some circles up to date.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="project">The project with its rules.</param>
    /// <param name="buckets">All buckets of the circles.</param>
    /// <param name="newRules">True when every event is to be classified anew.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<SessionChange>> StoreAsync(
        Work work, Project project, long[] buckets, bool newRules, CancellationToken cancel)
    {
        var circles = await LoadAsync(work, project, buckets, cancel);
        var suppression = catalog.SuppressionOf(project);
        if (newRules || circles.Events.Any(suppression.Watches))
        {
            var judged = Sessionizer.Classify(circles.Events, project.Settings, suppression);
            await EventRows.MarkAsync(
                work,
                project.Id,
                buckets,
                judged.Where(one => newRules || suppression.Watches(one.Event)),
                cancel);
        }

        var sessions = Fold(project, circles);
        var byKind = sessions.ToLookup(session => session.Kind);
        var changes = new List<SessionChange>();
        foreach (var table in catalog.Tables)
        {
            changes.Add(await SessionRows.ReplaceAsync(
                work, table, project.Id, buckets, [.. byKind[table.Kind.Name]], cancel));
        }

        return changes;
    }

    /// <summary>
    /// The session that now holds what an id names, with its events; null when there never was
    /// one.
    /// </summary>
    public async Task<Story?> FindAsync(
        Work work, Project project, SessionId id, CancellationToken cancel)
    {
        var buckets = await Circles.AroundAsync(work, project.Id, Bucket.ToRow(id.Key), cancel);
        var (events, actions) = await LoadAsync(work, project, buckets, cancel);
        var live = LiveOf(project, events);
        foreach (var action in actions)
            live.Add(action);

        return live.Find(id) is { } found
            ? new Story(
                found.Session,
                [
                    .. found.Numbers.Select(number =>
                        new StoredEvent(events[number], live.RuleOf(events[number], number))),
                ],
                found.Actions,
                buckets)
            : null;
    }

    /// <summary>Who is behind an id; null when no event names it.</summary>
    public async Task<PersonRecord?> FindPersonAsync(
        Work work, Project project, string id, CancellationToken cancel)
    {
        long[] around = [Bucket.Of("u:" + id), Bucket.Of("d:" + id), Bucket.Of("c:" + id)];
        var (events, _) = await AroundAsync(work, project, around, cancel);
        return LiveOf(project, events).FindPerson(id);
    }

    /// <summary>Prepares what an alias would do; null when there are too many events.</summary>
    public async Task<AliasTrial?> TryAsync(
        Work work, Project project, Event alias, CancellationToken cancel)
    {
        var (events, actions) = await AroundAsync(
            work, project, Ties.Of(alias, catalog.Kinds), cancel);
        var live = LiveOf(project, events);
        foreach (var action in actions)
            live.Add(action);
        return live.Try(alias);
    }

    private static async Task<LoadedCircles> AroundAsync(
        Work work, Project project, long[] around, CancellationToken cancel)
    {
        var circles = await Circles.OfAsync(work, project.Id, around, cancel);
        var buckets = await Circles.MembersAsync(
            work, project.Id, [.. circles.Values.Distinct()], cancel);
        return await LoadAsync(work, project, buckets, cancel);
    }

    private LiveSessions LiveOf(Project project, IReadOnlyList<Event> events)
    {
        var live = new LiveSessions(
            catalog.Kinds,
            project.Settings,
            catalog.SuppressionOf(project),
            new EventReader(events));
        live.Add(0, events);
        return live;
    }

    /// <summary>The buckets of all circles, some circles at a time.</summary>
    public static async IAsyncEnumerable<long[]> AllAsync(
        Work work, string project, [EnumeratorCancellation] CancellationToken cancel)
    {
        long? after = null;
        while (true)
        {
            var circles = await Circles.AfterAsync(work, project, after, CirclesAtOnce, cancel);
            if (circles.Count == 0)
                yield break;

            after = circles[^1];
            yield return await Circles.MembersAsync(work, project, [.. circles], cancel);
        }
    }

    private sealed class EventReader(IReadOnlyList<Event> events) : IEventReader
    {
        public Event Read(int number) => events[number];
    }
}

/// <summary>All that decides the sessions of some circles.</summary>
/// <param name="Events">Their events, in no order.</param>
/// <param name="Actions">Their accepted actions, in order of acceptance.</param>
internal sealed record LoadedCircles(
    IReadOnlyList<Event> Events, IReadOnlyList<StaffAction> Actions);

/// <summary>A session with all that belongs to it.</summary>
/// <param name="Session">The session, with detail.</param>
/// <param name="Events">Its events, in order.</param>
/// <param name="Actions">Its accepted actions, in order of acceptance.</param>
/// <param name="Buckets">All buckets of its circle.</param>
internal sealed record Story(
    Session Session,
    IReadOnlyList<StoredEvent> Events,
    IReadOnlyList<StaffAction> Actions,
    long[] Buckets);
