using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>
/// The fold of a key where its events end, kept so that the next event in order costs one step.
/// </summary>
internal sealed class OpenKey(KeyFold fold, Person? person, EventPosition last)
{
    public KeyFold Fold => fold;

    public Person? Person => person;

    /// <summary>The last event folded.</summary>
    public EventPosition Last { get; private set; } = last;

    /// <summary>Longest silence since the last event that was no heartbeat.</summary>
    public long? GapUs { get; set; }

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
