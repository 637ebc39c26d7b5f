using Sojourn.Events.Classification;
using System.Text;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>Opens stores, and says the usual things to them in one line.</summary>
internal static class SomeStore
{
    public static readonly StoreKinds Kinds = new([new PlainVisit()], _ => EachAlone.Nothing);

    public static EmbeddedStore Open(string folder, TimeProvider? clock = null) =>
        EmbeddedStore.Open(folder, Kinds, clock ?? new FakeClock(Some.Start));

    public static Task<NewProject> CreateAsync(
        this IStore store, string name = "shop", ProjectSettings? settings = null) =>
        store.CreateProjectAsync(name, settings ?? ProjectSettings.Default, default);

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

    public static Task<Timeline?> StoryAsync(
        this IStore store, string project, Event first, string? cursor = null, int limit = 50) =>
        store.TimelineAsync(project, IdOf(first), cursor, limit, default);

    public static Task<SessionPage> ListAsync(
        this IStore store, string project, SessionKind? kind = null) =>
        store.QueryAsync(project, new SessionQuery { Lens = LensOn(kind) }, default);

    public static Task<ActionAnswer> ActAsync(this IStore store, ActionRequest request) =>
        store.ActAsync(request, default);

    public static Task<TimeoutPreview> PreviewAsync(
        this IStore store, string project, TimeSpan timeout) =>
        store.PreviewTimeoutAsync(project, timeout, default);

    public static IAsyncEnumerable<SessionChanges> ChangesFrom(
        this IStore store, string project) => store.ChangesAsync(project, default);

    public static Task SaveToAsync(this EmbeddedStore store, string file) =>
        store.BackupAsync(file, default);

    public static async Task<List<string>> DifferencesAsync(this IStore store) =>
        await store.VerifyAsync(default).ToListAsync();

    public static ActionRequest Note(
        string project, Event first, string text, int? version = null) =>
        new(project, IdOf(first), version, ActionTypes.Note, null, text, "ada");

    public static ActionRequest Request(
        string project, Event first, string type, string? to = null) =>
        new(project, IdOf(first), null, type, to, null, "ada");

    /// <summary>Changes one bit of a marked place in a file of the data folder.</summary>
    public static void Damage(this TemporaryFolder folder, string name, string mark)
    {
        var file = Path.Combine(folder.Data, name);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(mark))] ^= 0x20;
        File.WriteAllBytes(file, bytes);
    }

    private static Lens LensOn(SessionKind? kind) => new()
    {
        Name = "plain",
        Singular = "plain",
        Kind = kind ?? Kinds.Kinds[0],
        Fields = [],
    };
}
