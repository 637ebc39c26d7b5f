using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>
/// A store in a PostgreSQL database, version 15 or newer. Several processes may use one
/// database: nothing but projects, keys and documents is held in memory, and those follow within
/// moments.
/// </summary>
public sealed partial class PostgresStore : IStore
{
    private readonly Database _database;
    private readonly Catalog _catalog;
    private readonly CircleFold _fold;
    private readonly Appending _appending;
    private readonly Acting _acting;
    private readonly Bulletin _bulletin;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _readingProjects = new(1);
    private volatile ProjectBook _projects = ProjectBook.Empty;

    private PostgresStore(Database database, Catalog catalog, TimeProvider clock)
    {
        (_database, _catalog, _clock) = (database, catalog, clock);
        Outbox = new Outbox(new OutboxTables(database));
        _fold = new CircleFold(catalog);
        _appending = new Appending(catalog, _fold);
        _acting = new Acting(catalog.Kinds, _fold, clock);
        _bulletin = new Bulletin(
            database, catalog.Tables, ReadProjectsAsync, ReadDocumentsAsync, clock);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Project> Projects => _projects.ByName;

    /// <inheritdoc/>
    public IOutbox Outbox { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Troubles =>
        [.. new[] { _bulletin.Trouble, _database.Trouble }.OfType<string>().Distinct()];

    /// <summary>Opens a database, and makes or updates its tables.</summary>
    /// <param name="connectionString">As Npgsql takes it; the tables go to its search path.</param>
    /// <param name="kinds">The kinds of sessions.</param>
    /// <param name="suppressionOf">Which events of a project do not count; pure.</param>
    /// <param name="clock">Our clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreException">
    /// The database cannot be reached, or a newer program wrote it. Nothing was changed.
    /// </exception>
    public static async Task<PostgresStore> OpenAsync(
        string connectionString,
        IReadOnlyList<SessionKind> kinds,
        Func<ProjectSettings, ISuppression> suppressionOf,
        TimeProvider clock,
        CancellationToken cancel)
    {
        var catalog = new Catalog(kinds, suppressionOf);
        var store = new PostgresStore(new Database(connectionString), catalog, clock);
        try
        {
            await store.StartAsync(cancel);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public async Task<NewProject> CreateProjectAsync(
        string name, ProjectSettings settings, CancellationToken cancel)
    {
        var created = await _database.ChangeAsync(
            async work =>
            {
                await Changes.AnnounceProjectAsync(work, cancel);
                return await ProjectRows.CreateAsync(
                    work, name, settings, _clock.NowUs(), cancel);
            },
            cancel);
        await ReadProjectsAsync(cancel);
        return created;
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">
    /// The database does not answer. Whether the events were stored is unknown; sending them
    /// again is safe.
    /// </exception>
    /// <exception cref="ArgumentException">There is no such project.</exception>
    public Task<IReadOnlyList<IReadOnlyList<AppendOutcome>>> AppendAsync(
        IReadOnlyList<EventBatch> batches, CancellationToken cancel) =>
        _database.ChangeAsync(work => AppendAsync(work, batches, cancel), cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<ActionAnswer> ActAsync(ActionRequest request, CancellationToken cancel) =>
        _database.ChangeAsync(
            work => _acting.ActAsync(work, _projects.Get(request.Project), request, cancel),
            cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<SessionPage> QueryAsync(
        string project, SessionQuery query, CancellationToken cancel) =>
        _database.ReadAsync(
            work => SessionQueries.PageAsync(work, Compile(project, query), query, cancel),
            cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public IAsyncEnumerable<Session> ExportAsync(
        string project, SessionQuery query, CancellationToken cancel) =>
        _database.StreamAsync(
            work => SessionQueries.AllAsync(work, Compile(project, query), cancel), cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<Session?> FindSessionAsync(
        string project, SessionId id, CancellationToken cancel) =>
        _database.ReadAsync(
            async work =>
                (await _fold.FindAsync(work, Ruled(project), id, cancel))?.Session,
            cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public async Task<Timeline?> TimelineAsync(
        string project, SessionId id, string? cursor, int limit, CancellationToken cancel)
    {
        var owner = Ruled(project);
        var story = await _database.ReadAsync(
            work => _fold.FindAsync(work, owner, id, cancel), cancel);
        if (story is null)
            return null;

        var events = EventQueries.PageOf(
            story.Events, cursor, limit);
        return new Timeline(story.Session, events, story.Actions);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<PersonRecord?> FindPersonAsync(
        string project, string id, CancellationToken cancel) =>
        _database.ReadAsync(
            work => _fold.FindPersonAsync(work, _projects.Get(project), id, cancel), cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public async Task<AliasPreview?> PreviewAliasAsync(
        string project, Event alias, CancellationToken cancel) =>
        (await _database.ReadAsync(
            work => _fold.TryAsync(work, _projects.Get(project), alias, cancel), cancel))
        ?.Run();

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<EventPage> EventsAsync(
        string project, EventQuery query, CancellationToken cancel) =>
        _database.ReadAsync(
            work => EventQueries.PageAsync(work, project, query, cancel), cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public IAsyncEnumerable<Event> AllEventsAsync(string project, CancellationToken cancel) =>
        _database.StreamAsync(work => EventRows.AllAsync(work, project, cancel), cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public Task<TimeoutPreview> PreviewTimeoutAsync(
        string project, TimeSpan timeout, CancellationToken cancel) =>
        _database.ReadAsync(
            work => Preview.RunAsync(
                work, _catalog, _fold, Ruled(project), timeout, cancel),
            cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<SessionChanges> ChangesAsync(
        string project, CancellationToken cancel) => _bulletin.Read(project, cancel);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The database does not answer.</exception>
    public IAsyncEnumerable<string> VerifyAsync(CancellationToken cancel) =>
        _database.StreamAsync(
            work => Verification.RunAsync(
                work, _catalog, _fold, [.. _projects.ByName.Select(Ruled)], cancel),
            cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _bulletin.DisposeAsync();
        await _database.DisposeAsync();
        _readingProjects.Dispose();
        _readingDocuments.Dispose();
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        await _database.ChangeAsync(
            async work =>
            {
                var reshaped = await Schema.UpdateAsync(work, _catalog.Tables, cancel);
                if (reshaped)
                    await RefoldAsync(work, cancel);
                return reshaped;
            },
            cancel);
        await _bulletin.StartAsync(cancel);
    }

    private async Task RefoldAsync(Work work, CancellationToken cancel)
    {
        var projects = await ProjectRows.ReadAsync(work, cancel);
        foreach (var project in projects.ByName)
        {
            await Progress.HoldAsync(work, project.Id, cancel);
            await RefoldAsync(work, project, cancel);
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<AppendOutcome>>> AppendAsync(
        Work work, IReadOnlyList<EventBatch> batches, CancellationToken cancel)
    {
        var outcomes = new IReadOnlyList<AppendOutcome>[batches.Count];

        // Everybody takes projects in this order, so that none waits for another in a ring.
        var projects = Enumerable.Range(0, batches.Count)
            .GroupBy(place => batches[place].Project)
            .OrderBy(project => project.Key, StringComparer.Ordinal);
        foreach (var places in projects)
        {
            var events = places.SelectMany(place => batches[place].Events).ToList();
            var answers = await _appending.StoreAsync(
                work, _projects.Get(places.Key), events, cancel);
            var from = 0;
            foreach (var place in places)
            {
                var to = from + batches[place].Events.Count;
                outcomes[place] = answers[from..to];
                from = to;
            }
        }

        return outcomes;
    }

    private QueryCompiler Compile(string project, SessionQuery query) =>
        new(_catalog.TableOf(query.Lens.Kind), project, query, _clock.NowUs());

    // One at a time: a read that began earlier must not end later and undo a newer one.
    private async Task ReadProjectsAsync(CancellationToken cancel)
    {
        await _readingProjects.WaitAsync(cancel);
        try
        {
            _projects = await _database.ReadAsync(
                work => ProjectRows.ReadAsync(work, cancel), cancel);
        }
        finally
        {
            _readingProjects.Release();
        }
    }
}
