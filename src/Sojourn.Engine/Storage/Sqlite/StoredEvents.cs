using Sojourn.Events;
using Sojourn.Sessions.Live;

namespace Sojourn.Storage.Sqlite;

/// <summary>One project's events by number, wherever they are. For any thread.</summary>
internal sealed class StoredEvents(BlockLog log, BlockPlaces places) : IEventReader
{
    public BlockPlaces Places => places;

    /// <inheritdoc/>
    /// <exception cref="StoreException">Its block is damaged or unreadable.</exception>
    public Event Read(int number)
    {
        var place = places[places.IndexOf(number)];
        return log.Get(place.Sequence)[number - place.First];
    }

    /// <summary>The fingerprint of an event's content.</summary>
    public ulong ContentOf(int number)
    {
        var place = places[places.IndexOf(number)];
        return log.Get(place.Sequence).ContentOf(number - place.First);
    }

    /// <summary>A block by its index among the project's, without keeping it.</summary>
    public EventBlock Load(int index) => log.Load(places[index].Sequence);

    /// <summary>A block by its index among the project's.</summary>
    public EventBlock Get(int index) => log.Get(places[index].Sequence);

    /// <summary>Some events in order of number, without keeping any.</summary>
    public Event[] From(int first, int end)
    {
        var events = new Event[end - first];
        for (var next = first; next < end;)
        {
            var index = places.IndexOf(next);
            var (block, place) = (Load(index), places[index]);
            for (; next < Math.Min(end, place.First + place.Count); next++)
                events[next - first] = block[next - place.First];
        }

        return events;
    }

    /// <summary>Every event up to now in order of number, without keeping any.</summary>
    public IEnumerable<Event> All()
    {
        for (var (index, count) = (0, places.Count); index < count; index++)
        {
            var block = Load(index);
            for (var i = 0; i < block.Count; i++)
                yield return block[i];
        }
    }
}
