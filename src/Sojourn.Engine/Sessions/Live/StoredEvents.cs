using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>Events by number: those being added from memory, all others from the store.</summary>
internal sealed class StoredEvents(IEventReader reader)
{
    private IReadOnlyList<Event> _batch = [];
    private int _first;

    /// <summary>Events that are being added and may not be readable elsewhere yet.</summary>
    public void Hold(int first, IReadOnlyList<Event> batch) => (_first, _batch) = (first, batch);

    public Event Read(int number)
    {
        var index = number - _first;
        return index >= 0 && index < _batch.Count ? _batch[index] : reader.Read(number);
    }

    /// <summary>True when an event comes before one that has a number.</summary>
    public bool IsBefore(Event e, int other) =>
        EventOrder.Instance.Compare(e, Read(other)) < 0;
}
