namespace Sojourn.Storage.Sqlite;

/// <summary>
/// Which ids a project has seen, for ever: fingerprint of the id to number of the event. The
/// newest are in a small table, the rest in sorted runs that are merged as they grow, so that
/// adding never touches old entries at random. For one thread.
/// </summary>
internal sealed class EventIds
{
    // Sorting so many takes some milliseconds, which one commit in many bears.
    private const int NewestMax = 64 << 10;

    private const int Version = 1;

    private readonly List<IdRun> _runs = [];
    private readonly Dictionary<ulong, int> _newest = new(NewestMax);
    private readonly List<(ulong Id, int Number)> _collided = [];

    /// <summary>Entries in all.</summary>
    public long Count { get; private set; }

    /// <summary>Numbers of all events whose id has this fingerprint; nearly always none.</summary>
    public IReadOnlyList<int> Find(ulong id)
    {
        List<int>? found = null;
        if (_newest.TryGetValue(id, out var newest))
            (found ??= []).Add(newest);
        foreach (var (collided, number) in _collided)
        {
            if (collided == id)
                (found ??= []).Add(number);
        }

        foreach (var run in _runs)
            run.Find(id, ref found);
        return found ?? (IReadOnlyList<int>)[];
    }

    /// <summary>Adds an event's id.</summary>
    public void Add(ulong id, int number)
    {
        if (!_newest.TryAdd(id, number))
            _collided.Add((id, number));
        Count++;
        if (_newest.Count >= NewestMax)
            Settle();
    }

    /// <summary>Writes everything, to be read by <see cref="Load"/>.</summary>
    public void Save(BinaryWriter to)
    {
        Settle();
        to.Write(Version);
        to.Write(Count);
        to.Write(_collided.Count);
        foreach (var (id, number) in _collided)
        {
            to.Write(id);
            to.Write(number);
        }

        to.Write(_runs.Count);
        foreach (var run in _runs)
            run.Save(to);
    }

    /// <summary>Reads what <see cref="Save"/> wrote; null when it is of another version.</summary>
    public static EventIds? Load(BinaryReader from)
    {
        if (from.ReadInt32() != Version)
            return null;

        var ids = new EventIds { Count = from.ReadInt64() };
        for (var left = from.ReadInt32(); left > 0; left--)
            ids._collided.Add((from.ReadUInt64(), from.ReadInt32()));
        for (var left = from.ReadInt32(); left > 0; left--)
            ids._runs.Add(IdRun.Load(from));
        return ids;
    }

    private void Settle()
    {
        if (_newest.Count == 0)
            return;

        var run = IdRun.Of(_newest);
        _newest.Clear();

        // Each run is at least twice as long as the next: few runs, and each entry is merged
        // only as often as the whole doubles.
        while (_runs.Count > 0 && _runs[^1].Count < 2 * run.Count)
        {
            run = IdRun.Merge(_runs[^1], run);
            _runs.RemoveAt(_runs.Count - 1);
        }

        _runs.Add(run);
    }
}
