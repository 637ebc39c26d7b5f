using System.Text.Json;
using Sojourn.Events;
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

    private readonly StoreKinds _kinds;
    private readonly LiveSessions _sessions;
    private SessionColumns _columns;
    private long _sequence;

    public ProjectShare(Project project, BlockLog log, StoreKinds kinds)
    {
        Project = project;
        Events = new StoredEvents(log, new BlockPlaces());
        SuppressedBy = project.Settings.Suppress ? kinds.SuppressedBy : static _ => null;
        _kinds = kinds;
        _sessions = new LiveSessions(kinds.Kinds, project.Settings, SuppressedBy, Events);
        _columns = new SessionColumns(kinds.Kinds);
    }

    public Project Project { get; }

    public StoredEvents Events { get; }

    /// <summary>The rule that suppresses an event, or null; heeds the project's setting.</summary>
    public Func<Event, string?> SuppressedBy { get; }

    /// <summary>Which ids were seen.</summary>
    public EventIds Ids { get; private set; } = new();

    /// <summary>Accepted actions.</summary>
    public int Actions { get; private set; }

    public ChangeFeed Changes { get; } = new();

    /// <summary>The last block taken, among those of all projects; 0 = none.</summary>
    public long LastBlock { get; private set; }

    /// <summary>Events and actions taken since the last snapshot.</summary>
    public int EventsUnsaved { get; private set; }

    /// <summary>Names what sessions depend on besides events: the settings and the code.</summary>
    public string Maker => _kinds.Maker + JsonSerializer.Serialize(Project.Settings);

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
