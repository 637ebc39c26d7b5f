using System.Text.Json;
using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Sessions.Live;
using Sojourn.Storage.Columns;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// Everything held in memory for one project. One thread at a time takes blocks; any thread
/// asks.
/// </summary>
internal sealed class ProjectShare : IDisposable
{
    // Sessions are folded under the one lock and shown under the other, so that a list need
    // not wait for a fold.
    private readonly Lock _folding = new();
    private readonly ReaderWriterLockSlim _showing = new();

    // Sessions of events taken together are made once, however many of them there are.
    private const int ChunkEvents = 100_000;

    private readonly StoreKinds _kinds;
    private readonly LiveSessions _sessions;
    private SessionColumns _columns;
    private long _sequence;

    public ProjectShare(Project project, BlockLog log, StoreKinds kinds)
        : this(project, new StoredEvents(log, new BlockPlaces()), kinds)
    {
    }

    private ProjectShare(Project project, StoredEvents events, StoreKinds kinds)
    {
        (Project, Events, _kinds) = (project, events, kinds);
        Suppression = kinds.SuppressionOf(project.Settings);
        _sessions = new LiveSessions(kinds.Kinds, project.Settings, Suppression, Events);
        _columns = new SessionColumns(kinds.Kinds);
    }

    public Project Project { get; }

    public StoredEvents Events { get; }

    /// <summary>Which events do not count.</summary>
    public ISuppression Suppression { get; }

    /// <summary>Which ids were seen.</summary>
    public EventIds Ids { get; private set; } = new();

    /// <summary>Accepted actions.</summary>
    public int Actions { get; private set; }

    public ChangeFeed Changes { get; private set; } = new();

    /// <summary>The last block taken, among those of all projects; 0 = none.</summary>
    public long LastBlock { get; private set; }

    /// <summary>Events and actions taken since the last snapshot.</summary>
    public int EventsUnsaved { get; private set; }

    /// <summary>Names what sessions depend on besides events: the settings and the code.</summary>
    public string Maker =>
        _kinds.Maker
        + JsonSerializer.Serialize(Project.Settings)
        + JsonSerializer.Serialize(Project.Settings.Rules);

    /// <summary>Blocks taken: what an answer holds for.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>Takes a block of events that is on disk, and shows what it changed.</summary>
    public void Take(BlockPlace place, IReadOnlyList<Event> events, ReadOnlySpan<ulong> ids)
    {
        Events.Places.Add(place);
        LastBlock = place.Sequence;
        EventsUnsaved += place.Count;
        for (var i = 0; i < ids.Length; i++)
            Ids.Add(ids[i], place.First + i);

        SessionDiff diff;
        lock (_folding)
            diff = _sessions.Add(place.First, events);
        Show(diff);
    }

    /// <summary>Takes an action that is on disk, and shows what it changed.</summary>
    public void Take(StaffAction action, long block)
    {
        Actions++;
        LastBlock = block;
        EventsUnsaved++;
        SessionDiff diff;
        lock (_folding)
            diff = _sessions.Add(action);
        Show(diff);
    }

    /// <summary>The same events under other settings; nothing is made of them yet.</summary>
    public ProjectShare Under(ProjectSettings settings) =>
        new(Project with { Settings = settings }, Events, _kinds);

    /// <summary>
    /// Makes sessions of the events and actions another share of them has taken so far, from
    /// where this one is on. Others may ask and add meanwhile.
    /// </summary>
    public void Follow(ProjectShare other, CancellationToken cancel)
    {
        foreach (var action in other.Ask(sessions => sessions.ActionsAfter(Actions)))
        {
            Show(_sessions.Add(action));
            Actions++;
        }

        var to = Events.Places.Events;
        var next = ReadAhead(_sessions.Count, to);
        while (_sessions.Count < to)
        {
            cancel.ThrowIfCancellationRequested();
            var events = next.GetAwaiter().GetResult();
            next = ReadAhead(_sessions.Count + events.Length, to);
            Show(_sessions.Add(_sessions.Count, events));
        }
    }

    // The next events are read while those before them are folded.
    private Task<Event[]> ReadAhead(int first, int to) => Task.Run(() =>
        Events.From(first, Math.Min(to, first + ChunkEvents)));

    /// <summary>
    /// Takes the place of the share it followed to the end; no writer may be at work. Readers
    /// of changes see a gap.
    /// </summary>
    public void Replace(ProjectShare other)
    {
        (Ids, Changes, LastBlock) = (other.Ids, other.Changes, other.LastBlock);
        EventsUnsaved = other.Events.Places.Events + 1;
        _sequence = other.Sequence + 2;
        Changes.Publish(new SessionChanges(_sequence, [], []));
    }

    /// <summary>Asks about sessions as they are kept, with all detail.</summary>
    public T Ask<T>(Func<LiveSessions, T> question)
    {
        lock (_folding)
            return question(_sessions);
    }

    /// <summary>Asks about sessions as lists show them, all as of one instant.</summary>
    public T Ask<T>(Func<SessionColumns, AsOf, T> question, long nowUs)
    {
        _showing.EnterReadLock();
        try
        {
            return question(_columns, new AsOf(_sequence, nowUs));
        }
        finally
        {
            _showing.ExitReadLock();
        }
    }

    /// <summary>The rule that suppresses an event, or null. From any thread.</summary>
    public string? RuleOf(Event e, int number) => _sessions.RuleOf(e, number);

    /// <summary>Writes what cannot be made without reading all blocks again.</summary>
    public void Save(BinaryWriter to)
    {
        to.Write(_sequence);
        to.Write(Actions);
        Ids.Save(to);
        lock (_folding)
            _sessions.Save(to);
        to.Flush();
        _columns.Save(to.BaseStream);
        EventsUnsaved = 0;
    }

    /// <summary>
    /// Reads what <see cref="Save"/> wrote, into a share just made. Places of blocks and actions
    /// are not part of it: remember them after this.
    /// </summary>
    /// <returns>False when it is of another version.</returns>
    public bool Load(BinaryReader from, long lastBlock)
    {
        LastBlock = lastBlock;
        _sequence = from.ReadInt64();
        Actions = from.ReadInt32();
        if (EventIds.Load(from) is not { } ids)
            return false;

        Ids = ids;
        _sessions.Load(from);
        if (SessionColumns.Load(from.BaseStream, _kinds.Kinds) is not { } columns)
            return false;

        _columns = columns;
        return true;
    }

    /// <summary>Takes an action that the columns show already.</summary>
    public void Remember(StaffAction action) => _sessions.Add(action);

    public void Dispose()
    {
        Changes.Close();
        _columns.Dispose();
        _showing.Dispose();
    }

    private void Show(SessionDiff diff)
    {
        _showing.EnterWriteLock();
        try
        {
            _columns.Apply(diff.Changed, diff.Removed);
            Interlocked.Increment(ref _sequence);
        }
        finally
        {
            _showing.ExitWriteLock();
        }

        Changes.Publish(new SessionChanges(_sequence, diff.Changed, diff.Removed));
    }
}
