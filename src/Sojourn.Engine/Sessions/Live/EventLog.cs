using System.Runtime.InteropServices;
using Sojourn.Events;

namespace Sojourn.Sessions.Live;

/// <summary>One event as its key remembers it.</summary>
/// <param name="TimeUs">When it happened, microseconds UTC.</param>
/// <param name="Number">Its number in the project, by which it can be read.</param>
/// <param name="Mark">The user it names on a device; see <see cref="Stretches"/>.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct LogEntry(long TimeUs, int Number, int Mark);

/// <summary>The events of one stream or key in event order: 16 bytes each.</summary>
internal class EventLog
{
    private LogEntry[] _entries = [];

    public int Count { get; private set; }

    public ReadOnlySpan<LogEntry> Entries => _entries.AsSpan(0, Count);

    public LogEntry this[int index] => _entries[index];

    public LogEntry Last => _entries[Count - 1];

    /// <summary>Puts an event in its place.</summary>
    /// <param name="entry">What is remembered of it.</param>
    /// <param name="e">The event.</param>
    /// <param name="isBefore">
    /// True when it comes before a stored one of the same instant, by number.
    /// </param>
    /// <returns>Its index.</returns>
    public int Insert(LogEntry entry, Event e, Func<Event, int, bool> isBefore)
    {
        var index = Count;
        if (Count > 0 && entry.TimeUs <= Last.TimeUs)
        {
            index = LowerBound(entry.TimeUs + 1);
            while (index > 0 && _entries[index - 1].TimeUs == entry.TimeUs
                && isBefore(e, _entries[index - 1].Number))
            {
                index--;
            }
        }

        if (Count == _entries.Length)
            Array.Resize(ref _entries, Math.Max(2, Count * 2));
        _entries.AsSpan(index, Count - index).CopyTo(_entries.AsSpan(index + 1));
        _entries[index] = entry;
        Count++;
        return index;
    }

    /// <summary>
    /// Index of the first event at or after a time; the count when there is none.
    /// </summary>
    public int LowerBound(long timeUs)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_entries[middle].TimeUs < timeUs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Index of an event that is here.</summary>
    public int IndexOf(long timeUs, int number)
    {
        var index = LowerBound(timeUs);
        while (_entries[index].Number != number)
            index++;
        return index;
    }

    public void Save(BinaryWriter to)
    {
        to.Write(Count);
        to.Write(MemoryMarshal.AsBytes(Entries));
    }

    protected void LoadEntries(BinaryReader from)
    {
        Count = from.ReadInt32();
        _entries = new LogEntry[Count];
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_entries.AsSpan()));
    }
}
