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

    public bool Step(in PersonEvent next)
    {
        Last = EventPosition.Of(next.Event);
        return fold.Step(next);
    }
}
