using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>Opens stores, and says the usual things to them in one line.</summary>
internal static class SomeStore
{
    public static readonly StoreKinds Kinds = new([new PlainVisit()], _ => null);

    public static EmbeddedStore Open(string folder, TimeProvider? clock = null) =>
        EmbeddedStore.Open(folder, Kinds, clock ?? new FakeClock(Some.Start));

    public static Task<NewProject> CreateAsync(this IStore store, string name = "shop") =>
        store.CreateProjectAsync(name, ProjectSettings.Default, default);

    public static async Task<string> CreateProjectAsync(this IStore store, string name = "shop") =>
        (await store.CreateAsync(name)).Project.Id;

    public static async Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        this IStore store, string project, params IReadOnlyList<Event> events) =>
        (await store.AppendAsync([new EventBatch(project, events)], default))[0];

    public static Task<IReadOnlyList<IReadOnlyList<AppendOutcome>>> AppendAsync(
        this IStore store, params IReadOnlyList<EventBatch> batches) =>
        store.AppendAsync(batches, default);

    public static async Task<List<Event>> AllAsync(this IStore store, string project) =>
        await store.AllEventsAsync(project, default).ToListAsync();

    public static async Task<List<string>> IdsAsync(this IStore store, string project) =>
        [.. (await store.AllAsync(project)).Select(e => e.Id)];

    public static async Task<Session?> SessionOfAsync(
        this IStore store, string project, Event first) =>
        await store.FindSessionAsync(project, IdOf(first), default);

    public static SessionId IdOf(Event first) =>
        new('v', Fingerprint.Of(first.Stream!), Fingerprint.Of(first.Id));

    public static Task<EventPage> NewestAsync(this IStore store, string project, int limit) =>
        store.EventsAsync(project, new EventQuery { Limit = limit }, default);
}
