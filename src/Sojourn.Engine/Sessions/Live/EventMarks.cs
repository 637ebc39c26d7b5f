using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Sojourn.Sessions.Live;

/// <summary>
/// What is remembered of every event by its number: 5 bytes each. The gap column answers "how
/// many visits under another timeout" by one pass over 4 bytes an event.
/// </summary>
internal sealed class EventMarks
{
    /// <summary>The gap of a person's first event.</summary>
    public const uint NoneBefore = uint.MaxValue;

    private const byte Heartbeat = 1;
    private const byte Start = 2;

    private byte[] _flags = new byte[1024];
    private uint[] _gapMs = new uint[1024];

    // Few events are suppressed by those around them. Lists of events ask while others write.
    private readonly ConcurrentDictionary<int, string> _rules = [];

    public int Count { get; private set; }

    public void Add(bool isHeartbeat)
    {
        if (Count == _flags.Length)
        {
            Array.Resize(ref _flags, Count * 2);
            Array.Resize(ref _gapMs, Count * 2);
        }

        _flags[Count] = isHeartbeat ? Heartbeat : (byte)0;
        _gapMs[Count++] = 0;
    }

    public bool IsHeartbeat(int number) => (_flags[number] & Heartbeat) != 0;

    /// <summary>True when the event is the first of a visit.</summary>
    public bool IsStart(int number) => (_flags[number] & Start) != 0;

    public void SetStart(int number, bool isStart) =>
        _flags[number] = (byte)(isStart ? _flags[number] | Start : _flags[number] & ~Start);

    /// <summary>The rule that suppresses an event because of those around it, or null.</summary>
    public string? RuleOf(int number) => _rules.GetValueOrDefault(number);

    /// <summary>Sets that rule; false when it was set so already.</summary>
    public bool SetRule(int number, string? rule)
    {
        if (RuleOf(number) == rule)
            return false;

        if (rule is null)
            _rules.TryRemove(number, out _);
        else
            _rules[number] = rule;
        return true;
    }

    /// <summary>
    /// Sets the longest silence between an event and the one before it that is no heartbeat;
    /// null when there is none before. Heartbeats have no gap of their own.
    /// </summary>
    public void SetGap(int number, long? gapUs) =>
        _gapMs[number] = gapUs is not { } gap ? NoneBefore
            : (uint)Math.Min(gap / 1000, NoneBefore - 1);

    /// <summary>
    /// Events whose gap is at least so many whole milliseconds, first ones included, for two
    /// bounds in one pass: reading the column costs more than comparing it.
    /// </summary>
    public (long Left, long Right) CountGaps(uint leftMs, uint rightMs)
    {
        var gaps = _gapMs.AsSpan(0, Count);
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(gaps);
        var (leastLeft, leastRight) = (new Vector<uint>(leftMs), new Vector<uint>(rightMs));
        var (left, right) = (0L, 0L);
        while (!vectors.IsEmpty)
        {
            // A hit is all ones, so subtracting counts up; blocks are too short to wrap.
            var block = vectors[..Math.Min(vectors.Length, 1 << 20)];
            var (hitsLeft, hitsRight) = (Vector<uint>.Zero, Vector<uint>.Zero);
            foreach (var vector in block)
            {
                hitsLeft -= Vector.GreaterThanOrEqual(vector, leastLeft);
                hitsRight -= Vector.GreaterThanOrEqual(vector, leastRight);
            }

            left += Vector.Sum(hitsLeft);
            right += Vector.Sum(hitsRight);
            vectors = vectors[block.Length..];
        }

        foreach (var gap in gaps[^(gaps.Length % Vector<uint>.Count)..])
        {
            left += gap >= leftMs ? 1 : 0;
            right += gap >= rightMs ? 1 : 0;
        }

        return (left, right);
    }

    /// <summary>Numbers of the events whose gap is just so many whole milliseconds.</summary>
    public IEnumerable<int> WithGap(uint ms)
    {
        for (var number = 0; number < Count; number++)
        {
            if (_gapMs[number] == ms)
                yield return number;
        }
    }

    public void Save(BinaryWriter to)
    {
        to.Write(Count);
        to.Write(_flags.AsSpan(0, Count));
        to.Write(MemoryMarshal.AsBytes(_gapMs.AsSpan(0, Count)));
        to.Write(_rules.Count);
        foreach (var (number, rule) in _rules)
        {
            to.Write(number);
            to.Write(rule);
        }
    }

    public void Load(BinaryReader from)
    {
        Count = from.ReadInt32();
        _flags = new byte[Math.Max(1024, Count)];
        _gapMs = new uint[Math.Max(1024, Count)];
        from.BaseStream.ReadExactly(_flags.AsSpan(0, Count));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_gapMs.AsSpan(0, Count)));
        for (var left = from.ReadInt32(); left > 0; left--)
            _rules[from.ReadInt32()] = from.ReadString();
    }
}
