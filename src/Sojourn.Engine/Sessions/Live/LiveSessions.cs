using Sojourn.Events;
using Sojourn.Events.Classification;

namespace Sojourn.Sessions.Live;

/// <summary>
/// The sessions of one project, kept up to date event by event: an event in order costs one
/// step of a fold, any other a fold of the islands it touches. Always equal to
/// <see cref="Sessionizer.All"/>. Holds who has which events, not the events themselves. Not
/// safe for use by several threads at once.
/// </summary>
public sealed class LiveSessions
{
    private readonly IReadOnlyList<Folding> _foldings;
    private readonly Folding? _byPerson;
    private readonly StoredEvents _events;
    private readonly PersonIndex _persons;
    private readonly EventMarks _marks = new();
    private readonly SessionFinder _finder;
    private readonly ISuppression _suppression;
    private readonly PersonSessions _people;
    private readonly KeyedSessions _keyed;
    private readonly Dictionary<(string Kind, string Event), List<StaffAction>> _actions = [];
    private readonly long _timeoutUs;
    private readonly Dirt _dirt = new();

    /// <summary>Starts with no events.</summary>
    /// <param name="kinds">The kinds of sessions wanted; at most one is by person.</param>
    /// <param name="settings">What the project decided.</param>
    /// <param name="suppression">Which events do not count.</param>
    /// <param name="reader">Reads events added earlier.</param>
    public LiveSessions(
        IReadOnlyList<SessionKind> kinds,
        ProjectSettings settings,
        ISuppression suppression,
        IEventReader reader)
    {
        _foldings = [.. kinds.Select(kind => new Folding(kind, settings))];
        _byPerson = _foldings.SingleOrDefault(folding => folding.Kind.ByPerson);
        _suppression = suppression;
        _timeoutUs = Micros.From(settings.Timeout);
        _events = new StoredEvents(reader);
        _persons = new PersonIndex(_timeoutUs, Comparer<int>.Create(
            (x, y) => EventOrder.Instance.Compare(_events.Read(x), _events.Read(y))));
        _finder = new SessionFinder(
            _foldings, _persons, _marks, _actions, suppression, _events.Read, _timeoutUs);
        _keyed = new KeyedSessions(_foldings, _finder, _events, _dirt);
        _people = new PersonSessions(
            _byPerson, _persons, _marks, _finder, _events, _keyed, _dirt);
    }

    /// <summary>Events added so far.</summary>
    public int Count => _marks.Count;

    /// <summary>Takes newly stored events, none of which is here already.</summary>
    /// <param name="firstNumber">Number of the first; must equal <see cref="Count"/>.</param>
    /// <param name="events">The events, numbered on from there.</param>
    public SessionDiff Add(int firstNumber, IReadOnlyList<Event> events)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(firstNumber, Count);
        _events.Hold(firstNumber, events);
        for (var i = 0; i < events.Count; i++)
        {
            _marks.Add(events[i].IsHeartbeat);
            if (events[i].HasStream)
                _people.Add(firstNumber + i, events[i]);
            else
                _people.Learn(events[i]);
            _keyed.Add(firstNumber + i, events[i]);
        }

        var diff = Settle();
        _events.Hold(0, []);
        return diff;
    }

    /// <summary>Takes an accepted action on a session.</summary>
    public SessionDiff Add(StaffAction action)
    {
        var key = (action.Kind, action.AnchorEventId);
        if (!_actions.TryGetValue(key, out var actions))
            _actions.Add(key, actions = []);
        actions.Add(action);

        if (_byPerson?.Kind.Name == action.Kind)
            _people.Soil(action);
        else
            _keyed.Soil(IndexOf(one => one.Name == action.Kind), action);
        return Settle();
    }

    /// <summary>Accepted actions after the first so many, in order of acceptance.</summary>
    public IReadOnlyList<StaffAction> ActionsAfter(int count) =>
    [
        .. _actions.Values.SelectMany(actions => actions)
            .OrderBy(action => action.Number)
            .Skip(count),
    ];

    /// <summary>
    /// The session that now holds what an id names, folded from its events with all detail;
    /// null when there never was one.
    /// </summary>
    public FoundSession? Find(SessionId id)
    {
        var found = _byPerson?.Kind.IdPrefix == id.Kind
            ? _finder.Find(id)
            : _keyed.Find(IndexOf(one => one.IdPrefix == id.Kind), id);
        return found is null
            ? null
            : new FoundSession(found.Draft.ToSession(), found.Numbers, found.Draft.Actions);
    }

    /// <summary>The rule that suppresses an event, or null. From any thread.</summary>
    /// <param name="e">The event.</param>
    /// <param name="number">Its number.</param>
    public string? RuleOf(Event e, int number) => _finder.RuleOf(e, number);

    /// <summary>
    /// Who is behind a user's or device's id; null when no event names it, or names it only as
    /// a user that a device claims to be.
    /// </summary>
    public PersonRecord? FindPerson(string id) =>
        new PersonLookup(_persons, _events.Read).Find(id);

    /// <summary>
    /// Prepares what an alias would do to visits; null when they have too many events.
    /// </summary>
    /// <param name="alias">A verified one, as it would be stored.</param>
    /// <exception cref="InvalidOperationException">No kind is by person.</exception>
    public AliasTrial? Try(Event alias) => AliasTrial.Gather(
        alias,
        _byPerson ?? throw new InvalidOperationException("No kind is by person."),
        _suppression,
        _persons,
        ActionsAfter(0),
        _events.Read);

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
            ? CountBoundaries(_timeoutUs, Micros.From(timeout))
            : null;
    }

    /// <summary>Writes what is remembered, for a fast start.</summary>
    public void Save(BinaryWriter to)
    {
        _marks.Save(to);
        _persons.Save(to);
        _keyed.Save(to);
    }

    /// <summary>
    /// Reads what <see cref="Save"/> wrote, into an object just made with the same kinds and
    /// settings. Actions are not part of it: add them again after this.
    /// </summary>
    public void Load(BinaryReader from)
    {
        _marks.Load(from);
        _persons.Load(from);
        _keyed.Load(from);
    }

    private SessionDiff Settle()
    {
        _people.Settle();
        _keyed.Settle();
        return _dirt.Take();
    }

    private int IndexOf(Predicate<SessionKind> isWanted)
    {
        for (var kind = 0; kind < _foldings.Count; kind++)
        {
            if (isWanted(_foldings[kind].Kind))
                return kind;
        }

        return -1;
    }

    private (long Before, long After) CountBoundaries(long beforeUs, long afterUs)
    {
        var (before, after) = _marks.CountGaps(WholeMs(beforeUs), WholeMs(afterUs));
        return (before + CountWithin(beforeUs), after + CountWithin(afterUs));
    }

    // The column holds whole milliseconds; of gaps in the bound's own one the events know more.
    private long CountWithin(long timeoutUs) => timeoutUs % 1000 == 0
        ? 0
        : _marks.WithGap(WholeMs(timeoutUs) - 1).Count(one => GapOf(one) >= timeoutUs);

    private static uint WholeMs(long us) => (uint)((us + 999) / 1000);

    private long GapOf(int number)
    {
        var e = _events.Read(number);
        var stream = _persons.Find(e.StreamFingerprint)!;
        var index = stream.IndexOf(e.TimeUs, number);
        var timeline = _finder.TimelineOf(_persons.RefOf(stream, stream.UserAt(index)));
        return timeline.GapBefore(timeline.IndexOf(e.TimeUs, number)) ?? long.MaxValue;
    }
}
