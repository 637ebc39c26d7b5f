using System.Diagnostics.CodeAnalysis;
using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>
/// The sessions of one project, kept up to date event by event: an event in order costs one
/// step of a fold, any other a fold of the islands it touches. Always equal to
/// <see cref="Sessionizer.All"/>. Holds who has which events, not the events themselves. Not
/// safe for use by several threads at once.
/// </summary>
public sealed class LiveSessions
{
    /// <summary>Most folds kept open; past that the idle ones are let go, then all.</summary>
    private const int OpenMax = 200_000;

    private readonly IReadOnlyList<Folding> _foldings;
    private readonly Folding? _byPerson;
    private readonly IEventReader _reader;
    private readonly PersonIndex _persons;
    private readonly EventMarks _marks = new();
    private readonly SessionFinder _finder;
    private readonly Dictionary<(int Kind, ulong Key), KeyLog> _keys = [];
    private readonly Dictionary<PersonRef, OpenKey> _open = [];
    private readonly Dictionary<KeyLog, OpenKey> _openKeys = [];
    private readonly Dictionary<(string Kind, string Event), List<StaffAction>> _actions = [];
    private readonly long _timeoutUs;
    private readonly Func<Event, int, bool> _isBefore;
    private readonly Dirt _dirt = new();

    private IReadOnlyList<Event> _batch = [];
    private int _batchFirst;

    /// <summary>Starts with no events.</summary>
    /// <param name="kinds">The kinds of sessions wanted; at most one is by person.</param>
    /// <param name="settings">What the project decided.</param>
    /// <param name="suppressedBy">The rule that suppresses an event, or null; pure.</param>
    /// <param name="reader">Reads events added earlier.</param>
    public LiveSessions(
        IReadOnlyList<SessionKind> kinds,
        ProjectSettings settings,
        Func<Event, string?> suppressedBy,
        IEventReader reader)
    {
        _foldings = [.. kinds.Select(kind => new Folding(kind, settings, suppressedBy))];
        _byPerson = _foldings.SingleOrDefault(folding => folding.Kind.ByPerson);
        _reader = reader;
        _timeoutUs = Micros.From(settings.Timeout);
        _persons = new PersonIndex(_timeoutUs, Comparer<int>.Create(
            (x, y) => EventOrder.Instance.Compare(Read(x), Read(y))));
        _isBefore = IsBefore;
        _finder = new SessionFinder(_foldings, _persons, _marks, _actions, Read, _timeoutUs);
    }

    /// <summary>Events added so far.</summary>
    public int Count => _marks.Count;

    /// <summary>Takes newly stored events, none of which is here already.</summary>
    /// <param name="firstNumber">Number of the first; must equal <see cref="Count"/>.</param>
    /// <param name="events">The events, numbered on from there.</param>
    public SessionDiff Add(int firstNumber, IReadOnlyList<Event> events)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstNumber, Count);
        (_batch, _batchFirst) = (events, firstNumber);
        for (var i = 0; i < events.Count; i++)
            AddOne(firstNumber + i, events[i]);

        Settle();
        DropIdle();
        _batch = [];
        return _dirt.Take();
    }

    /// <summary>Takes an accepted action on a session.</summary>
    public SessionDiff Add(StaffAction action)
    {
        var key = (action.Kind, action.AnchorEventId);
        if (!_actions.TryGetValue(key, out var actions))
            _actions.Add(key, actions = []);
        actions.Add(action);

        var kind = _foldings.ToList().FindIndex(one => one.Kind.Name == action.Kind);
        if (kind >= 0 && _foldings[kind].Kind.ByPerson)
            SoilAnchor(action);
        else if (_keys.TryGetValue((kind, Fingerprint.Of(action.AnchorKey)), out var log))
            _dirt.Soil(log);

        Settle();
        return _dirt.Take();
    }

    /// <summary>
    /// The session that now holds what an id names, folded from its events with all detail;
    /// null when there never was one.
    /// </summary>
    public FoundSession? Find(SessionId id) =>
        (KeyedKindOf(id) is { } kind
            ? _keys.TryGetValue((kind, id.Key), out var log) ? _finder.Find(log, id) : null
            : _byPerson?.Kind.IdPrefix == id.Kind ? _finder.Find(id) : null)
        is { } found
            ? new FoundSession(found.Draft.ToSession(), found.Numbers, found.Draft.Actions)
            : null;

    /// <summary>
    /// Visits now and under another timeout; null when other cuts than silence are switched on,
    /// so that only a fold of all events can tell.
    /// </summary>
    public (long Before, long After)? CountUnder(TimeSpan timeout)
    {
        if (_byPerson is null)
            return (0, 0);

        var settings = _byPerson.Settings;
        return settings.MaxLength is null && settings.MaxEvents is null
            && !settings.CutAtCampaign && !settings.CutAtMidnight
            ? (CountBoundaries(_timeoutUs), CountBoundaries(Micros.From(timeout)))
            : null;
    }

    /// <summary>Writes what is remembered, for a fast start.</summary>
    public void Save(BinaryWriter to)
    {
        _marks.Save(to);
        _persons.Save(to);
        to.Write(_keys.Count);
        foreach (var log in _keys.Values)
            log.SaveAll(to);
    }

    /// <summary>
    /// Reads what <see cref="Save"/> wrote, into an object just made with the same kinds and
    /// settings. Actions are not part of it: add them again after this.
    /// </summary>
    public void Load(BinaryReader from)
    {
        _marks.Load(from);
        _persons.Load(from);
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            var log = KeyLog.LoadAll(from);
            _keys.Add((log.Kind, log.Id), log);
        }
    }

    private int? KeyedKindOf(SessionId id)
    {
        for (var kind = 0; kind < _foldings.Count; kind++)
        {
            var one = _foldings[kind].Kind;
            if (!one.ByPerson && one.IdPrefix == id.Kind)
                return kind;
        }

        return null;
    }

    private void AddOne(int number, Event e)
    {
        _marks.Add(e.IsHeartbeat);
        if (e.HasStream)
            AddToPerson(number, e);
        AddToKeys(number, e);
    }

    private void AddToPerson(int number, Event e)
    {
        var stream = _persons.GetOrAdd(e);
        var entry = new LogEntry(e.TimeUs, number, Identities.MarkOf(_persons.Users, e));
        var index = stream.Insert(entry, e, _isBefore);
        if (entry.Mark > 0)
            _persons.Attach(stream, entry.Mark);

        if (index < stream.Count - 1 || !stream.TryExtend())
            Redivide(stream, index);
        if (Users.AliasedBy(e) is { } alias)
            Join(e, alias);
        if (_byPerson is not null)
            StepOrSoil(stream, index, e, number);
    }

    private void StepOrSoil(StreamLog stream, int index, Event e, int number)
    {
        var person = _persons.RefOf(stream, stream.UserAt(index));
        if (_dirt.Has(person) || !TryOpen(person, stream, index, e, out var open))
        {
            _dirt.Soil(person, e.TimeUs);
            return;
        }

        if (!e.IsHeartbeat)
        {
            _marks.SetGap(number, open.GapUs);
            open.GapUs = 0;
        }

        Step(open, new PersonEvent(e, open.Person, false, false), number);
    }

    // An event that is its person's last one continues the open fold; the first event of a
    // person begins one. Everything else needs a look at the events around it.
    private bool TryOpen(
        PersonRef person,
        StreamLog stream,
        int index,
        Event e,
        [NotNullWhen(true)] out OpenKey? open)
    {
        if (_open.TryGetValue(person, out open))
        {
            if (index < stream.Count - 1 || open.Last > EventPosition.Of(e))
                return false;

            open.GapUs = open.GapUs is { } gap
                ? Math.Max(gap, e.TimeUs - open.Last.TimeUs)
                : null;
            return true;
        }

        if (stream.Count > 1 || !_persons.IsOnlySource(stream, person))
            return false;

        var described = _persons.Describe(e, stream, index);
        open = new OpenKey(
            new KeyFold(_byPerson!, described.Person!.Key),
            described.Person,
            EventPosition.Of(e));
        _open.Add(person, open);
        return true;
    }

    private void AddToKeys(int number, Event e)
    {
        for (var kind = 0; kind < _foldings.Count; kind++)
        {
            if (_foldings[kind].Kind.ByPerson || _foldings[kind].Kind.KeyOf(e) is not { } key)
                continue;

            var log = LogOf(kind, key);
            var index = log.Insert(new LogEntry(e.TimeUs, number, 0), e, _isBefore);
            if (index < log.Count - 1 || _dirt.Has(log) || !TryOpen(log, key, e, out var open))
                _dirt.Soil(log);
            else
                Step(open, _persons.Describe(e, number), number);
            if (_openKeys.TryGetValue(log, out var now))
                log.Runs = Math.Max(log.Runs, now.Fold.Runs);
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
        if (_openKeys.TryGetValue(log, out open))
            return open.Last < EventPosition.Of(e);
        if (log.Count > 1)
            return false;

        open = new OpenKey(new KeyFold(_foldings[log.Kind], key), null, EventPosition.Of(e));
        _openKeys.Add(log, open);
        return true;
    }

    private void Step(OpenKey open, in PersonEvent next, int number)
    {
        var before = open.Fold.Current;
        var began = open.Step(next);
        if (before is { WasCut: true })
            _dirt.Change(before);
        if (open.Fold.Current is not { } current)
            return;

        _dirt.Change(current);
        _finder.TakeActions(open.Fold, next.Event);
        if (began)
            _dirt.Begin(current.Id);
        if (began && open.Person is not null)
            _marks.SetStart(number, true);
    }

    // The device's stretches may be others now: whoever's events, or neighbours, changed is
    // folded again, and so is every keyed session that shows the person.
    private void Redivide(StreamLog stream, int added)
    {
        if (stream.Form != 'd')
            return;

        LogEntry[] others = [.. stream.Entries[..added], .. stream.Entries[(added + 1)..]];
        var before = _persons.Annotate(stream, others, stream.Stretched);
        stream.Divide();
        var after = _persons.Annotate(stream, stream.Entries, stream.Stretched);
        if (stream.Stretched.Length > 1)
            _dirt.Soil(after[added].Person, stream[added].TimeUs);
        for (var i = 0; i < others.Length; i++)
            SoilMoved(others[i], before[i], after[i < added ? i : i + 1]);
    }

    // A verified alias joins two people: all their sessions are folded again.
    private void Join(Event e, string alias)
    {
        var users = _persons.Users;
        var device = _persons.Find(Fingerprint.Of("d:" + alias));
        var before = device is null ? [] : AnnotationsOf(device);

        var (left, right) = users.Join(e);
        _open.Remove(new PersonRef(null, left));
        _open.Remove(new PersonRef(null, right));
        if (device is not null)
        {
            _persons.Attach(device, users.AliasOfDevice(device.Id));
            var after = AnnotationsOf(device);
            for (var i = 0; i < before.Length; i++)
                SoilMoved(device[i], before[i], after[i]);
        }

        var joined = new PersonRef(null, users.RootOf(left));
        foreach (var entry in _persons.EntriesOf(joined))
        {
            _dirt.Soil(joined, entry.TimeUs);
            SoilKeysOf(Read(entry.Number));
        }
    }

    private Annotation[] AnnotationsOf(StreamLog device) =>
        _persons.Annotate(device, device.Entries, device.Stretched);

    private void SoilMoved(LogEntry entry, Annotation before, Annotation after)
    {
        if (before == after)
            return;

        _dirt.Soil(before.Person, entry.TimeUs);
        _dirt.Soil(after.Person, entry.TimeUs);
        _open.Remove(before.Person);
        SoilKeysOf(Read(entry.Number));
    }

    private void SoilKeysOf(Event e)
    {
        for (var kind = 0; kind < _foldings.Count; kind++)
        {
            if (!_foldings[kind].Kind.ByPerson
                && _foldings[kind].Kind.KeyOf(e) is { } key
                && _keys.TryGetValue((kind, Fingerprint.Of(key)), out var log))
            {
                _dirt.Soil(log);
            }
        }
    }

    private void SoilAnchor(StaffAction action)
    {
        if (_persons.Find(Fingerprint.Of(action.AnchorKey)) is not { } stream)
            return;

        var index = _finder.IndexOf(stream, e => e.Id == action.AnchorEventId);
        if (index >= 0)
        {
            var person = _persons.RefOf(stream, stream.UserAt(index));
            _dirt.Soil(person, stream[index].TimeUs);
        }
    }

    private void Settle()
    {
        foreach (var (person, times) in _dirt.Persons)
            Refold(person, times);
        foreach (var log in _dirt.Keys)
            Refold(log);
    }

    private void Refold(PersonRef person, IReadOnlyCollection<long> times)
    {
        _open.Remove(person);
        var timeline = _finder.TimelineOf(person);
        foreach (var (from, to) in timeline.Around(times))
        {
            timeline.SetGaps(from, to);
            if (from == to)
                continue;

            for (var i = from; i < to; i++)
                Unstart(timeline[i].Number);
            var (fold, sessions) = _finder.Fold(timeline, from, to);
            foreach (var session in sessions)
            {
                _marks.SetStart(session.Numbers[0], true);
                _dirt.Change(session.Draft);
            }

            if (to == timeline.Count)
                _open[person] = _finder.Reopen(timeline, fold);
        }
    }

    private void Unstart(int number)
    {
        if (!_marks.IsStart(number))
            return;

        var e = Read(number);
        _marks.SetStart(number, false);
        _dirt.Remove(new SessionId(
            _byPerson!.Kind.IdPrefix, e.StreamFingerprint, Fingerprint.Of(e.Id)));
    }

    private void Refold(KeyLog log)
    {
        var (fold, sessions) = _finder.Fold(log);
        foreach (var session in sessions)
            _dirt.Change(session.Draft);
        for (var run = sessions.Count + 1; run <= log.Runs; run++)
            _dirt.Remove(new SessionId(_foldings[log.Kind].Kind.IdPrefix, log.Id, (ulong)run));

        log.Runs = sessions.Count;
        _openKeys[log] = new OpenKey(fold, null, EventPosition.Of(Read(log.Last.Number)));
    }

    private void DropIdle()
    {
        if (_openKeys.Count > OpenMax)
            _openKeys.Clear();
        if (_open.Count <= OpenMax)
            return;

        var newest = _open.Values.Max(open => open.Last.TimeUs);
        foreach (var (person, open) in _open)
        {
            if (open.Last.TimeUs < newest - _timeoutUs)
                _open.Remove(person);
        }

        // Half at least must go, or the next events would have to look again.
        if (_open.Count > OpenMax / 2)
            _open.Clear();
    }

    private long CountBoundaries(long timeoutUs)
    {
        var wholeMs = (uint)((timeoutUs + 999) / 1000);
        var count = _marks.CountGaps(wholeMs);
        return timeoutUs % 1000 == 0
            ? count
            : count + _marks.WithGap(wholeMs - 1).Count(one => GapOf(one) >= timeoutUs);
    }

    private long GapOf(int number)
    {
        var e = Read(number);
        var stream = _persons.Find(e.StreamFingerprint)!;
        var index = stream.IndexOf(e.TimeUs, number);
        var timeline = _finder.TimelineOf(_persons.RefOf(stream, stream.UserAt(index)));
        return timeline.GapBefore(timeline.IndexOf(e.TimeUs, number)) ?? long.MaxValue;
    }

    private bool IsBefore(Event e, int other) =>
        EventOrder.Instance.Compare(e, Read(other)) < 0;

    private Event Read(int number)
    {
        var index = number - _batchFirst;
        return index >= 0 && index < _batch.Count ? _batch[index] : _reader.Read(number);
    }
}
