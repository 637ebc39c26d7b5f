using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>Folds stored events anew, without changing anything.</summary>
internal sealed class SessionFinder(
    IReadOnlyList<Folding> foldings,
    PersonIndex persons,
    EventMarks marks,
    IReadOnlyDictionary<(string Kind, string Event), List<StaffAction>> actions,
    Func<int, Event> read,
    long timeoutUs)
{
    private readonly Folding? _byPerson = foldings.SingleOrDefault(one => one.Kind.ByPerson);

    public PersonTimeline TimelineOf(PersonRef person) =>
        new(persons.EntriesOf(person), marks, timeoutUs);

    /// <summary>Folds a range of a person's events that begins and ends at idle gaps.</summary>
    public (KeyFold Fold, List<FoldedSession> Sessions) Fold(
        PersonTimeline timeline, int from, int to)
    {
        var key = PersonAt(timeline, from)!.Key;
        var fold = new KeyFold(_byPerson!, key);
        if (timeline.HasEventBefore(from))
            fold.SkipEarlier();

        var sessions = new List<FoldedSession>();
        for (var i = from; i < to; i++)
        {
            var (_, stream, index) = timeline[i];
            var next = persons.Describe(read(timeline[i].Number), stream, index);
            Step(fold, next, timeline[i].Number, sessions);
        }

        return (fold, sessions);
    }

    /// <summary>Folds all events of a key.</summary>
    public (KeyFold Fold, List<FoldedSession> Sessions) Fold(KeyLog log)
    {
        var folding = foldings[log.Kind];
        var fold = new KeyFold(folding, folding.Kind.KeyOf(read(log[0].Number))!);
        var sessions = new List<FoldedSession>();
        foreach (var entry in log.Entries)
        {
            var next = persons.Describe(read(entry.Number), entry.Number);
            Step(fold, next, entry.Number, sessions);
        }

        return (fold, sessions);
    }

    /// <summary>The fold of a person's last events, ready for the next one.</summary>
    public OpenKey Reopen(PersonTimeline timeline, KeyFold fold)
    {
        var last = timeline.Count - 1;
        return new OpenKey(
            fold,
            PersonAt(timeline, last),
            EventPosition.Of(read(timeline[last].Number)))
        {
            GapUs = marks.IsHeartbeat(timeline[last].Number) ? timeline.GapBefore(last) : 0,
        };
    }

    /// <summary>The session by person that now holds the event an id was derived from.</summary>
    public FoldedSession? Find(SessionId id)
    {
        if (persons.Find(id.Key) is not { } stream)
            return null;

        var index = IndexOf(stream, e => Fingerprint.Of(e.Id) == id.Part);
        if (index < 0)
            return null;

        var number = stream[index].Number;
        var timeline = TimelineOf(persons.RefOf(stream, stream.UserAt(index)));
        var (from, to) = timeline.IslandOf(timeline.IndexOf(stream[index].TimeUs, number));
        return Fold(timeline, from, to).Sessions.Find(one => one.Numbers.Contains(number));
    }

    /// <summary>The session of a key that an id names; the last one when there are fewer.</summary>
    public FoldedSession? Find(KeyLog log, SessionId id)
    {
        var sessions = Fold(log).Sessions;
        return sessions.Count == 0 || id.Part == 0
            ? null
            : sessions[(int)Math.Min(id.Part, (ulong)sessions.Count) - 1];
    }

    /// <summary>Index of an event in its stream, looking at first ones of visits first.</summary>
    public int IndexOf(StreamLog stream, Predicate<Event> isWanted)
    {
        foreach (var amongStarts in (bool[])[true, false])
        {
            for (var i = 0; i < stream.Count; i++)
            {
                if (marks.IsStart(stream[i].Number) == amongStarts
                    && isWanted(read(stream[i].Number)))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    /// <summary>Gives the current session the actions anchored at an event just folded.</summary>
    public void TakeActions(KeyFold fold, Event e)
    {
        if (actions.Count == 0
            || !actions.TryGetValue((fold.Kind.Name, e.Id), out var anchored))
        {
            return;
        }

        foreach (var action in anchored)
            fold.Current?.Take(action);
    }

    private Person? PersonAt(PersonTimeline timeline, int index)
    {
        var (entry, stream, place) = timeline[index];
        return persons.Describe(read(entry.Number), stream, place).Person;
    }

    private void Step(
        KeyFold fold, in PersonEvent next, int number, List<FoldedSession> sessions)
    {
        if (fold.Step(next))
            sessions.Add(new FoldedSession(fold.Current!, []));
        if (fold.Current is null)
            return;

        sessions[^1].Numbers.Add(number);
        TakeActions(fold, next.Event);
    }
}

/// <summary>A session just folded, with the numbers of its events in order.</summary>
internal sealed record FoldedSession(SessionDraft Draft, List<int> Numbers);
