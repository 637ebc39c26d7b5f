namespace Sojourn.Storage.Sqlite;

/// <summary>Where some events of a project are.</summary>
/// <param name="Sequence">The block.</param>
/// <param name="First">Number of its first event.</param>
/// <param name="Count">Events in it.</param>
/// <param name="FromUs">None is earlier.</param>
/// <param name="ToUs">None is later.</param>
internal readonly record struct BlockPlace(
    long Sequence, int First, int Count, long FromUs, long ToUs);

/// <summary>
/// One project's blocks of events in order of their numbers, which have no gaps. One thread
/// adds, any reads.
/// </summary>
internal sealed class BlockPlaces
{
    private BlockPlace[] _places = new BlockPlace[64];
    private volatile int _count;
    private volatile int _events;

    /// <summary>Blocks of events.</summary>
    public int Count => _count;

    /// <summary>Events in all blocks: the number the next event gets.</summary>
    public int Events => _events;

    public BlockPlace this[int index] => Volatile.Read(ref _places)[index];

    /// <exception cref="InvalidDataException">Its events do not follow the last.</exception>
    public void Add(BlockPlace place)
    {
        if (place.First != Events || place.Count < 1)
        {
            throw new InvalidDataException(
                $"Block {place.Sequence} begins at event {place.First}; {Events} was expected.");
        }

        // Readers may hold the old array: what they can see in it stays as it is.
        if (_count == _places.Length)
        {
            var grown = new BlockPlace[_count * 2];
            _places.CopyTo(grown, 0);
            Volatile.Write(ref _places, grown);
        }

        _places[_count] = place;
        // In this order: who sees the events must find their block.
        _count++;
        _events += place.Count;
    }

    /// <summary>Index of the block that holds an event.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such event.</exception>
    public int IndexOf(int number)
    {
        var (low, high) = (0, _count - 1);
        var places = Volatile.Read(ref _places);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var place = places[middle];
            if (number < place.First)
                high = middle - 1;
            else if (number >= place.First + place.Count)
                low = middle + 1;
            else
                return middle;
        }

        throw new ArgumentOutOfRangeException(nameof(number), number, "There is no such event.");
    }
}
