using System.Diagnostics.CodeAnalysis;
using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>Keeps the sessions of the kinds with keys of their own up to date.</summary>
internal sealed class KeyedSessions(
    IReadOnlyList<Folding> foldings,
    SessionFinder finder,
    StoredEvents events,
    Dirt dirt)
{
    /// <summary>Most folds kept open; past that all are let go.</summary>
    private const int OpenMax = 200_000;

    private readonly Dictionary<(int Kind, ulong Key), KeyLog> _keys = [];
    private readonly Dictionary<KeyLog, OpenKey> _open = [];
    private readonly Func<Event, int, bool> _isBefore = events.IsBefore;

    /// <summary>Takes an event into each kind that has a key for it.</summary>
    public void Add(int number, Event e)
    {
        for (var kind = 0; kind < foldings.Count; kind++)
        {
            if (foldings[kind].Kind.ByPerson || foldings[kind].Kind.KeyOf(e) is not { } key)
                continue;

            var log = LogOf(kind, key);
            var index = log.Insert(new LogEntry(e.TimeUs, number, 0), e, _isBefore);
            if (index < log.Count - 1 || dirt.Has(log) || !TryOpen(log, key, e, out var open))
                dirt.Soil(log);
            else
                open.Step(finder.Describe(e, number), finder, dirt);
            if (_open.TryGetValue(log, out var now))
                log.Runs = Math.Max(log.Runs, now.Fold.Runs);
        }
    }

    /// <summary>Soils the keyed sessions that hold an event.</summary>
    public void SoilKeysOf(Event e)
    {
        for (var kind = 0; kind < foldings.Count; kind++)
        {
            if (!foldings[kind].Kind.ByPerson
                && foldings[kind].Kind.KeyOf(e) is { } key
                && _keys.TryGetValue((kind, Fingerprint.Of(key)), out var log))
            {
                dirt.Soil(log);
            }
        }
    }

    /// <summary>Soils the key of an action's anchor.</summary>
    public void Soil(int kind, StaffAction action)
    {
        if (_keys.TryGetValue((kind, Fingerprint.Of(action.AnchorKey)), out var log))
            dirt.Soil(log);
    }

    /// <summary>The session an id names; null when its key is unknown.</summary>
    public FoldedSession? Find(int kind, SessionId id) =>
        _keys.TryGetValue((kind, id.Key), out var log) ? finder.Find(log, id) : null;

    /// <summary>Folds again whatever was soiled.</summary>
    public void Settle()
    {
        foreach (var log in dirt.Keys)
            Refold(log);
        if (_open.Count > OpenMax)
            _open.Clear();
    }

    public void Save(BinaryWriter to)
    {
        to.Write(_keys.Count);
        foreach (var log in _keys.Values)
            log.SaveAll(to);
    }

    public void Load(BinaryReader from)
    {
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            var log = KeyLog.LoadAll(from);
            _keys.Add((log.Kind, log.Id), log);
        }
    }

    private KeyLog LogOf(int kind, string key)
    {
        var id = Fingerprint.Of(key);
        if (!_keys.TryGetValue((kind, id), out var log))
            _keys.Add((kind, id), log = new KeyLog(kind, id));
        return log;
    }

    private bool TryOpen(KeyLog log, string key, Event e, [NotNullWhen(true)] out OpenKey? open)
    {
        if (_open.TryGetValue(log, out open))
            return open.Last < EventPosition.Of(e);
        if (log.Count > 1)
            return false;

        open = new OpenKey(new KeyFold(foldings[log.Kind], key), null, EventPosition.Of(e));
        _open.Add(log, open);
        return true;
    }

    private void Refold(KeyLog log)
    {
        var (fold, sessions) = finder.Fold(log);
        foreach (var session in sessions)
            dirt.Change(session.Draft);
        for (var run = sessions.Count + 1; run <= log.Runs; run++)
            dirt.Remove(new SessionId(foldings[log.Kind].Kind.IdPrefix, log.Id, (ulong)run));

        log.Runs = sessions.Count;
        _open[log] = new OpenKey(fold, null, EventPosition.Of(events.Read(log.Last.Number)));
    }
}
