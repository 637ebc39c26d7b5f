using System.Diagnostics.CodeAnalysis;
using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>Keeps the sessions of the kind by person up to date.</summary>
internal sealed class PersonSessions(
    Folding? byPerson,
    PersonIndex persons,
    EventMarks marks,
    SessionFinder finder,
    StoredEvents events,
    KeyedSessions keyed,
    Dirt dirt)
{
    /// <summary>Most folds kept open; past that the idle ones are let go, then all.</summary>
    private const int OpenMax = 200_000;

    private readonly Dictionary<PersonRef, OpenKey> _open = [];
    private readonly Func<Event, int, bool> _isBefore = events.IsBefore;

    /// <summary>Takes an event that names somebody.</summary>
    public void Add(int number, Event e)
    {
        var stream = persons.GetOrAdd(e);
        var entry = new LogEntry(e.TimeUs, number, Identities.MarkOf(persons.Users, e));
        var index = stream.Insert(entry, e, _isBefore);
        if (entry.Mark > 0)
            persons.Attach(stream, entry.Mark);

        if (index < stream.Count - 1 || !stream.TryExtend())
            Redivide(stream, index);
        Learn(e);
        if (byPerson is not null)
            StepOrSoil(stream, index, e, number);
    }

    /// <summary>Takes what an event says of who somebody is, if anything.</summary>
    public void Learn(Event e)
    {
        if (Users.AliasedBy(e) is { } alias && !persons.Users.IsUndone(e))
            Join(e, alias);
        else if (Users.UndoneBy(e) is not null)
            Undo(e);
    }

    private void StepOrSoil(StreamLog stream, int index, Event e, int number)
    {
        var person = persons.RefOf(stream, stream.UserAt(index));
        if (dirt.Has(person)
            || !TryOpen(person, stream, index, e, out var open)
            || !finder.TryJudge(open, e, number, out var rule))
        {
            dirt.Soil(person, e.TimeUs);
            return;
        }

        if (!e.IsHeartbeat)
        {
            marks.SetGap(number, open.GapUs);
            open.GapUs = 0;
        }

        Step(
            open,
            new PersonEvent(e, open.Person, false, false) { SuppressedBy = rule },
            number);
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

        if (stream.Count > 1 || !persons.IsOnlySource(stream, person))
            return false;

        var described = persons.Describe(e, stream, index);
        open = new OpenKey(
            new KeyFold(byPerson!, described.Person!.Key),
            described.Person,
            EventPosition.Of(e));
        _open.Add(person, open);
        return true;
    }

    private void Step(OpenKey open, in PersonEvent next, int number)
    {
        if (open.Step(next, finder, dirt))
            marks.SetStart(number, true);
    }

    // The device's stretches may be others now: whoever's events, or neighbours, changed is
    // folded again, and so is every keyed session that shows the person.
    private void Redivide(StreamLog stream, int added)
    {
        if (stream.Form != 'd')
            return;

        LogEntry[] others = [.. stream.Entries[..added], .. stream.Entries[(added + 1)..]];
        var before = persons.Annotate(stream, others, stream.Stretched);
        stream.Divide();
        var after = persons.Annotate(stream, stream.Entries, stream.Stretched);
        if (stream.Stretched.Length > 1)
            dirt.Soil(after[added].Person, stream[added].TimeUs);
        for (var i = 0; i < others.Length; i++)
            SoilMoved(others[i], before[i], after[i < added ? i : i + 1]);
    }

    // A verified alias joins two people: all their sessions are folded again.
    private void Join(Event e, string alias)
    {
        var users = persons.Users;
        var device = persons.Find(Fingerprint.Of("d:" + alias));
        var before = device is null ? [] : AnnotationsOf(device);

        var (left, right) = users.Join(e);
        _open.Remove(new PersonRef(null, left));
        _open.Remove(new PersonRef(null, right));
        if (device is not null)
        {
            persons.Attach(device, users.AliasOfDevice(device.Id));
            var after = AnnotationsOf(device);
            for (var i = 0; i < before.Length; i++)
                SoilMoved(device[i], before[i], after[i]);
        }

        var joined = new PersonRef(null, users.RootOf(left));
        foreach (var entry in persons.EntriesOf(joined))
        {
            dirt.Soil(joined, entry.TimeUs);
            keyed.SoilKeysOf(events.Read(entry.Number));
        }
    }

    // An alias taken back may leave two people: all their sessions are folded again.
    private void Undo(Event e)
    {
        var users = persons.Users;
        var device = users.PreviousOf(e) is { } previous
            ? persons.Find(Fingerprint.Of("d:" + previous))
            : null;
        var owner = device is null ? 0 : users.AliasOfDevice(device.Id);
        var whole = new PersonRef(null, users.RootOf(users.NumberOf(e.UserId!)));
        var entries = persons.EntriesOf(whole);

        users.Undo(e);
        if (device is not null)
            persons.Reattach(device, owner);
        _open.Remove(whole);
        foreach (var (entry, stream, index) in entries)
        {
            var now = persons.RefOf(stream, stream.UserAt(index));
            dirt.Soil(whole, entry.TimeUs);
            dirt.Soil(now, entry.TimeUs);
            _open.Remove(now);
            keyed.SoilKeysOf(events.Read(entry.Number));
        }
    }

    private Annotation[] AnnotationsOf(StreamLog device) =>
        persons.Annotate(device, device.Entries, device.Stretched);

    private void SoilMoved(LogEntry entry, Annotation before, Annotation after)
    {
        if (before == after)
            return;

        dirt.Soil(before.Person, entry.TimeUs);
        dirt.Soil(after.Person, entry.TimeUs);
        _open.Remove(before.Person);
        keyed.SoilKeysOf(events.Read(entry.Number));
    }

    /// <summary>Soils the person of an action's anchor.</summary>
    public void Soil(StaffAction action)
    {
        if (persons.Find(Fingerprint.Of(action.AnchorKey)) is not { } stream)
            return;

        var index = finder.IndexOf(stream, e => e.Id == action.AnchorEventId);
        if (index >= 0)
        {
            var person = persons.RefOf(stream, stream.UserAt(index));
            dirt.Soil(person, stream[index].TimeUs);
        }
    }

    /// <summary>Folds again whatever was soiled.</summary>
    public void Settle()
    {
        foreach (var (person, times) in dirt.Persons)
            Refold(person, times);
        DropIdle();
    }

    private void Refold(PersonRef person, IReadOnlyCollection<long> times)
    {
        _open.Remove(person);
        var timeline = finder.TimelineOf(person);
        var islands = timeline.Around(times);
        foreach (var (from, to) in islands)
        {
            timeline.SetGaps(from, to);
            foreach (var changed in finder.Mark(timeline, from, to))
                keyed.SoilKeysOf(changed);
        }

        if (byPerson!.Kind.Remembers && islands.Count > 0)
            islands = [(islands[0].From, timeline.Count)];
        foreach (var (from, to) in islands)
        {
            if (from < to)
                Refold(person, timeline, from, to);
        }
    }

    private void Refold(PersonRef person, PersonTimeline timeline, int from, int to)
    {
        for (var i = from; i < to; i++)
            Unstart(timeline[i].Number);
        var (fold, sessions) = finder.Fold(timeline, from, to);
        foreach (var session in sessions)
        {
            marks.SetStart(session.Numbers[0], true);
            dirt.Change(session.Draft);
        }

        if (to == timeline.Count)
            _open[person] = finder.Reopen(timeline, fold);
    }

    private void Unstart(int number)
    {
        if (!marks.IsStart(number))
            return;

        var e = events.Read(number);
        marks.SetStart(number, false);
        dirt.Remove(new SessionId(
            byPerson!.Kind.IdPrefix, e.StreamFingerprint, Fingerprint.Of(e.Id)));
    }

    private void DropIdle()
    {
        if (_open.Count <= OpenMax)
            return;

        var newest = _open.Values.Max(open => open.Last.TimeUs);
        foreach (var (person, open) in _open)
        {
            if (open.Last.TimeUs < newest - byPerson!.TimeoutUs)
                _open.Remove(person);
        }

        // Half at least must go, or the next events would have to look again.
        if (_open.Count > OpenMax / 2)
            _open.Clear();
    }
}
