using Sojourn.Events;
using Sojourn.Events.Classification;

namespace Sojourn.Sessions.Live;

/// <summary>Folds stored events anew, without changing anything.</summary>
internal sealed class SessionFinder(
    IReadOnlyList<Folding> foldings,
    PersonIndex persons,
    EventMarks marks,
    IReadOnlyDictionary<(string Kind, string Event), List<StaffAction>> actions,
    ISuppression suppression,
    Func<int, Event> read,
    long timeoutUs)
{
    private readonly Folding? _byPerson = foldings.SingleOrDefault(one => one.Kind.ByPerson);

    public PersonTimeline TimelineOf(PersonRef person) =>
        new(persons.EntriesOf(person), marks, timeoutUs);

    /// <summary>
    /// Folds a range of a person's events that begins and ends at idle gaps; with those before
    /// it, when the kind remembers.
    /// </summary>
    public (KeyFold Fold, List<FoldedSession> Sessions) Fold(
        PersonTimeline timeline, int from, int to)
    {
        var key = PersonAt(timeline, from)!.Key;
        var fold = new KeyFold(_byPerson!, key);
        var start = _byPerson!.Kind.Remembers ? 0 : from;
        if (timeline.HasEventBefore(start))
            fold.SkipEarlier();

        var events = new Event[to - start];
        for (var i = start; i < to; i++)
            events[i - start] = read(timeline[i].Number);

        var rules = suppression.RulesFor(events);
        var sessions = new List<FoldedSession>();
        for (var i = start; i < to; i++)
        {
            if (i == from)
                sessions.Clear();
            var (_, stream, index) = timeline[i];
            var next = persons.Describe(events[i - start], stream, index) with
            {
                SuppressedBy = rules[i - start],
            };
            Step(fold, next, timeline[i].Number, sessions);
        }

        return (fold, sessions);
    }

    /// <summary>
    /// Notes which events of a range, from idle gap to idle gap, are suppressed because of
    /// those around them.
    /// </summary>
    /// <returns>The events whose suppression changed.</returns>
    public IEnumerable<Event> Mark(PersonTimeline timeline, int from, int to)
    {
        if (suppression.ReachUs == 0)
            return [];

        var events = new Event[to - from];
        for (var i = from; i < to; i++)
            events[i - from] = read(timeline[i].Number);

        var rules = suppression.RulesFor(events);
        var changed = new List<Event>();
        for (var i = 0; i < events.Length; i++)
        {
            var rule = suppression.RuleFor(events[i]) is null ? rules[i] : null;
            if (marks.SetRule(timeline[from + i].Number, rule))
                changed.Add(events[i]);
        }

        return changed;
    }

    /// <summary>The rule that suppresses an event, as it was marked last.</summary>
    public string? RuleOf(Event e, int number) =>
        suppression.RuleFor(e) ?? (suppression.Watches(e) ? marks.RuleOf(number) : null);

    /// <summary>An event with its person and the rule that suppresses it.</summary>
    public PersonEvent Describe(Event e, int number) =>
        persons.Describe(e, number) with { SuppressedBy = RuleOf(e, number) };

    /// <summary>Folds all events of a key.</summary>
    public (KeyFold Fold, List<FoldedSession> Sessions) Fold(KeyLog log)
    {
        var folding = foldings[log.Kind];
        var fold = new KeyFold(folding, folding.Kind.KeyOf(read(log[0].Number))!);
        var sessions = new List<FoldedSession>();
        foreach (var entry in log.Entries)
        {
            var next = Describe(read(entry.Number), entry.Number);
            Step(fold, next, entry.Number, sessions);
        }

        return (fold, sessions);
    }

    /// <summary>The fold of a person's last events, ready for the next one.</summary>
    public OpenKey Reopen(PersonTimeline timeline, KeyFold fold)
    {
        var last = timeline.Count - 1;
        var open = new OpenKey(
            fold,
            PersonAt(timeline, last),
            EventPosition.Of(read(timeline[last].Number)))
        {
            GapUs = marks.IsHeartbeat(timeline[last].Number) ? timeline.GapBefore(last) : 0,
        };

        var first = last;
        var reachesTo = timeline[last].TimeUs - suppression.ReachUs;
        while (first > 0 && timeline[first - 1].TimeUs > reachesTo)
            first--;
        for (var i = first; i <= last && suppression.ReachUs > 0; i++)
            open.Watch(read(timeline[i].Number), timeline[i].Number, suppression);
        return open;
    }

    /// <summary>
    /// The rule that suppresses an event which follows those of an open fold, in order; false
    /// when it also changes what is known of the events before it.
    /// </summary>
    public bool TryJudge(OpenKey open, Event next, int number, out string? rule)
    {
        rule = suppression.RuleFor(next);
        if (!suppression.Watches(next))
            return true;

        var watched = open.Watch(next, number, suppression);
        var rules = suppression.RulesFor([.. watched.Select(one => one.Event)]);
        for (var i = 0; i < rules.Length - 1; i++)
        {
            if (rules[i] != RuleOf(watched[i].Event, watched[i].Number))
                return false;
        }

        if (rule is null)
            marks.SetRule(number, rules[^1]);
        rule = rules[^1];
        return true;
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
