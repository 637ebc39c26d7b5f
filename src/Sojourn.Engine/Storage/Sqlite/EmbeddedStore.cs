using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// A store in one folder: SQLite keeps events and actions, memory holds the sessions they make.
/// One process at a time.
/// </summary>
public sealed partial class EmbeddedStore : IStore
{
    private const long CacheBytesMax = 128 << 20;

    // Reading so many again takes some seconds at the start.
    private const int SnapshotEventsMax = 4_000_000;

    private static readonly TimeSpan WitnessInterval = TimeSpan.FromSeconds(1);

    private readonly DataFolder _folder;
    private readonly Database _database;
    private readonly Witness _witness;
    private readonly BlockLog _log;
    private readonly Committer _committer;
    private readonly Projects _projects;
    private readonly Documents _documents;
    private readonly StoreKinds _kinds;
    private readonly TimeProvider _clock;
    private readonly ITimer _witnessTimer;
    private readonly BlockWriter _writer = new();
    private readonly WriterTurns _turns = new(new SemaphoreSlim(1));

    // Replaced as a whole when a project is added, so that reading needs no lock.
    private volatile Dictionary<string, ProjectShare> _shares;

    private EmbeddedStore(
        DataFolder folder,
        Database database,
        Witness witness,
        StoreKinds kinds,
        TimeProvider clock)
    {
        (_folder, _database, _witness, _kinds, _clock) = (folder, database, witness, kinds, clock);
        _log = new BlockLog(database, new BlockCache(CacheBytesMax));
        Recovery.CheckWitness(_log, witness, folder.WitnessFile);
        _projects = new Projects(database, clock);
        _documents = new Documents(database);
        _shares = _projects.All.Select(Ruled).ToDictionary(
            project => project.Id,
            project => Snapshot.Load(folder.SnapshotFolder, project, _log, kinds)
                ?? new ProjectShare(project, _log, kinds));
        Recovery.Replay(_log, _shares);
        _committer = new Committer(database, _log, witness)
        {
            Events = _shares.Values.Sum(share => (long)share.Events.Places.Events),
        };
        Outbox = new Outbox(new OutboxTables(database, _committer, _turns));
        _witnessTimer = clock.CreateTimer(
            _ => _committer.SyncWitness(), null, WitnessInterval, WitnessInterval);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Project> Projects => _projects.All;

    /// <inheritdoc/>
    public IOutbox Outbox { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Troubles =>
        _committer.Failure is { } failure ? [failure.Message] : [];

    internal Action? CommitFault
    {
        set => _committer.CommitFault = value;
    }

    internal Database Database => _database;

    /// <summary>Opens the store of a folder, creating both when they are not there.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="kinds">How sessions are made.</param>
    /// <param name="clock">Our clock.</param>
    /// <exception cref="StoreException">
    /// It is in use, of a newer program, damaged or unusable. Nothing was changed.
    /// </exception>
    public static EmbeddedStore Open(string folder, StoreKinds kinds, TimeProvider clock)
    {
        var held = DataFolder.Take(folder);
        Database? database = null;
        Witness? witness = null;
        try
        {
            database = Database.Open(held.DatabaseFile);
            witness = Witness.Open(held.WitnessFile);
            return new EmbeddedStore(held, database, witness, kinds, clock);
        }
        catch (Exception e)
        {
            witness?.Dispose();
            database?.Dispose();
            held.Dispose();
            throw e switch
            {
                SqliteException cause => SqliteFaults.AtOpening(held.DatabaseFile, cause),
                UnauthorizedAccessException => new StoreException(
                    StoreFault.Unusable,
                    $"Cannot write in {held.Root}: {e.Message} Allow it, or name another folder.",
                    e),
                _ => e,
            };
        }
    }

    /// <inheritdoc/>
    public async Task<NewProject> CreateProjectAsync(
        string name, ProjectSettings settings, CancellationToken cancel)
    {
        using var turn = await _turns.TakeAsync(cancel);
        _committer.ThrowIfFailed();
        try
        {
            var created = _projects.Create(name, settings);
            _shares = new(_shares)
            {
                [created.Project.Id] = new ProjectShare(
                    Ruled(created.Project), _log, _kinds),
            };
            return created;
        }
        catch (SqliteException e)
        {
            throw _committer.FaultOf(e);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">
    /// The disk is full (it works again once there is room) or failed (it does not).
    /// </exception>
    /// <exception cref="ArgumentException">There is no such project.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<AppendOutcome>>> AppendAsync(
        IReadOnlyList<EventBatch> batches, CancellationToken cancel)
    {
        using var turn = await _turns.TakeAsync(cancel);
        return Append(batches);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">The disk is full or failed; it is not stored.</exception>
    /// <exception cref="ArgumentException">There is no such project.</exception>
    public async Task<ActionAnswer> ActAsync(ActionRequest request, CancellationToken cancel)
    {
        using var turn = await _turns.TakeAsync(cancel);
        var share = ShareOf(request.Project);
        _committer.ThrowIfFailed();
        var answer = StaffActions.Judge(
            share, _kinds.Kinds, request, _clock.NowUs(), out var action);
        if (action is null)
            return answer;

        var header = StaffActions.Write(_writer, share.Project, action);
        _committer.Commit(() =>
        {
            _committer.Insert(header, _writer.Payload);
            return 0;
        });
        Publish(() => share.Take(action, _log.LastSequence));
        return new ActionAnswer(Find(share, request.Session), null, action);
    }

    /// <inheritdoc/>
    public Task<SessionPage> QueryAsync(
        string project, SessionQuery query, CancellationToken cancel) =>
        Task.FromResult(ShareOf(project).Ask(
            (columns, asOf) => columns.Query(query, asOf), _clock.NowUs()));

    /// <inheritdoc/>
    public IAsyncEnumerable<Session> ExportAsync(
        string project, SessionQuery query, CancellationToken cancel) =>
        ShareOf(project)
            .Ask((columns, asOf) => columns.Export(query, asOf), _clock.NowUs())
            .ToAsyncEnumerable();

    /// <inheritdoc/>
    public Task<Session?> FindSessionAsync(
        string project, SessionId id, CancellationToken cancel) =>
        Task.FromResult(Find(ShareOf(project), id));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The cursor is none of ours.</exception>
    public Task<Timeline?> TimelineAsync(
        string project, SessionId id, string? cursor, int limit, CancellationToken cancel) =>
        Task.FromResult(Timelines.Page(ShareOf(project), id, cursor, limit));

    /// <inheritdoc/>
    public Task<PersonRecord?> FindPersonAsync(
        string project, string id, CancellationToken cancel) =>
        Task.FromResult(ShareOf(project).Ask(sessions => sessions.FindPerson(id)));

    /// <inheritdoc/>
    public Task<AliasPreview?> PreviewAliasAsync(
        string project, Event alias, CancellationToken cancel) =>
        Task.FromResult(ShareOf(project).Ask(sessions => sessions.Try(alias))?.Run());

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The cursor is none of ours.</exception>
    public async Task<EventPage> EventsAsync(
        string project, EventQuery query, CancellationToken cancel)
    {
        var share = ShareOf(project);
        if (query.Id is null || query.Cursor is not null)
            return EventSearch.Page(share, query);

        // Ids belong to the writer's thread.
        IReadOnlyList<int> numbers;
        using (await _turns.TakeAsync(cancel))
            numbers = share.Ids.Find(Fingerprint.Of(query.Id));
        return EventSearch.Among(share, query, numbers);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Event> AllEventsAsync(string project, CancellationToken cancel) =>
        ShareOf(project).Events.All().ToAsyncEnumerable();

    /// <inheritdoc/>
    public Task<TimeoutPreview> PreviewTimeoutAsync(
        string project, TimeSpan timeout, CancellationToken cancel) =>
        Task.Run(() => TimeoutPreviews.Of(ShareOf(project), _kinds, timeout), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<SessionChanges> ChangesAsync(
        string project, CancellationToken cancel) => ShareOf(project).Changes.Read(cancel);

    /// <inheritdoc/>
    /// <remarks>Nothing is stored meanwhile.</remarks>
    public async IAsyncEnumerable<string> VerifyAsync(
        [EnumeratorCancellation] CancellationToken cancel)
    {
        using var turn = await _turns.TakeAsync(cancel);
        var differences = await Task.Run(
            () => new StoreVerification(_database, _log, _kinds).Run(
                _witness.Read(), _shares.Values, cancel),
            cancel);
        foreach (var difference in differences)
            yield return difference;
    }

    /// <summary>
    /// Checks a folder that no process uses, however damaged it is, and names every difference.
    /// </summary>
    /// <exception cref="StoreException">It is in use, or of a newer program.</exception>
    public static async Task<IReadOnlyList<string>> VerifyAsync(
        string folder, StoreKinds kinds, TimeProvider clock, CancellationToken cancel)
    {
        var differences = await Task.Run(() => StoreVerification.Run(folder), cancel);
        if (differences.Count > 0)
            return differences;

        await using var store = Open(folder, kinds, clock);
        return await store.VerifyAsync(cancel).ToListAsync(cancel);
    }

    /// <summary>
    /// Writes everything stored so far into one file, while the store runs. The file has its
    /// name only once it is whole and was read back.
    /// </summary>
    /// <exception cref="StoreException">It could not be made; no file is left behind.</exception>
    public Task BackupAsync(string file, CancellationToken cancel) =>
        Task.Run(() => Backup.Write(_database, file), cancel);

    /// <summary>Makes a data folder of a backup.</summary>
    /// <exception cref="StoreException">
    /// The backup is damaged or too new, or the folder has data already. Nothing was changed.
    /// </exception>
    public static Task RestoreAsync(string file, string folder, CancellationToken cancel) =>
        Task.Run(() => Backup.Restore(file, folder), cancel);

    /// <summary>Waits for what is being stored, then closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _turns.CloseAsync())
            return;

        await _witnessTimer.DisposeAsync();
        _committer.SyncWitness();
        foreach (var share in _shares.Values)
        {
            if (_committer.Failure is null && share.EventsUnsaved > 0)
                Save(share);
            share.Dispose();
        }

        _log.Dispose();
        _database.Dispose();
        _witness.Dispose();
        _folder.Dispose();
    }

    private IReadOnlyList<AppendOutcome>[] Append(IReadOnlyList<EventBatch> batches)
    {
        _committer.ThrowIfFailed();
        var group = new AppendGroup();
        var outcomes = new IReadOnlyList<AppendOutcome>[batches.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = group.Add(ShareOf(batches[i].Project), batches[i].Events);

        if (group.Count > 0)
        {
            _committer.Commit(() => group.Insert(_committer, _writer));
            Publish(() => group.Publish(_log));
            foreach (var batch in batches)
                SaveWhenDue(ShareOf(batch.Project));
        }

        return outcomes;
    }

    // What is on disk must be served. Where that fails, memory is not what the disk is any
    // more, and only a new start can make it so.
    private void Publish(Action publish)
    {
        try
        {
            publish();
        }
        catch (Exception e)
        {
            var failure = new StoreException(
                StoreFault.Failed,
                $"Stored events cannot be served ({e.Message}). Nothing more is taken. "
                + "Start again; if it happens again, run sojourn verify.",
                e);
            _committer.Fail(failure);
            throw failure;
        }
    }

    private void SaveWhenDue(ProjectShare share)
    {
        if (share.EventsUnsaved >= SnapshotEventsMax)
            Save(share);
    }

    // A start without a snapshot is slower, not wrong, so a failure here is no trouble.
    private void Save(ProjectShare share)
    {
        try
        {
            Snapshot.Save(_folder.SnapshotFolder, share, _log);
        }
        catch (IOException)
        {
            Snapshot.Discard(_folder.SnapshotFolder, share);
        }
    }

    private static Session? Find(ProjectShare share, SessionId id) =>
        share.Ask(sessions => sessions.Find(id))?.Session;

    private ProjectShare ShareOf(string project) =>
        _shares.TryGetValue(project, out var share)
            ? share
            : throw new ArgumentException($"There is no project {project}.", nameof(project));
}
