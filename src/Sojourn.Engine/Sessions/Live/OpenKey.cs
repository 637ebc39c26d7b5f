using Sojourn.Events;
using Sojourn.Events.Classification;

namespace Sojourn.Sessions.Live;

/// <summary>
/// The fold of a key where its events end, kept so that the next event in order costs one step.
/// </summary>
internal sealed class OpenKey(KeyFold fold, Person? person, EventPosition last)
{
    private List<(Event Event, int Number)>? _watched;

    public KeyFold Fold => fold;

    public Person? Person => person;

    /// <summary>The last event folded.</summary>
    public EventPosition Last { get; private set; } = last;

    /// <summary>Longest silence since the last event that was no heartbeat.</summary>
    public long? GapUs { get; set; }

    /// <summary>
    /// Remembers an event that those after it may tell something about, and forgets what is out
    /// of reach.
    /// </summary>
    /// <returns>All that are remembered, in order; the event is the last.</returns>
    public IReadOnlyList<(Event Event, int Number)> Watch(
        Event e, int number, ISuppression suppression)
    {
        _watched ??= [];
        _watched.RemoveAll(one => e.TimeUs - one.Event.TimeUs >= suppression.ReachUs);
        if (suppression.Watches(e))
            _watched.Add((e, number));
        return _watched;
    }

    /// <summary>Takes the next event in order and notes which sessions it changed.</summary>
    /// <returns>True when it began a session.</returns>
    public bool Step(in PersonEvent next, SessionFinder finder, Dirt dirt)
    {
        Last = EventPosition.Of(next.Event);
        var before = fold.Current;
        var began = fold.Step(next);
        if (before is { WasCut: true })
            dirt.Change(before);
        if (fold.Current is not { } current)
            return false;

        dirt.Change(current);
        finder.TakeActions(fold, next.Event);
        if (began)
            dirt.Begin(current.Id);
        return began;
    }
}
