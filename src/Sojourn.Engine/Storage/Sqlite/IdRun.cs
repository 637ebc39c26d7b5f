using System.Runtime.InteropServices;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// Fingerprints in rising order, each with its event's number. Fingerprints are spread evenly,
/// so a table by their first bits leads to within a few entries of the place.
/// </summary>
internal sealed class IdRun
{
    private const int EntriesPerSlot = 8;

    private readonly ulong[] _ids;
    private readonly int[] _numbers;
    private readonly int[] _slots;
    private readonly int _shift;

    private IdRun(ulong[] ids, int[] numbers)
    {
        _ids = ids;
        _numbers = numbers;
        var bits = Math.Max(1, (int)Math.Log2(Math.Max(1, ids.Length / EntriesPerSlot)));
        _shift = 64 - bits;
        _slots = SlotsOf(ids, bits);
    }

    public int Count => _ids.Length;

    public static IdRun Of(Dictionary<ulong, int> entries)
    {
        var ids = new ulong[entries.Count];
        var numbers = new int[entries.Count];
        entries.Keys.CopyTo(ids, 0);
        entries.Values.CopyTo(numbers, 0);
        Array.Sort(ids, numbers);
        return new IdRun(ids, numbers);
    }

    public static IdRun Merge(IdRun left, IdRun right)
    {
        var ids = new ulong[left.Count + right.Count];
        var numbers = new int[ids.Length];
        var (l, r) = (0, 0);
        for (var i = 0; i < ids.Length; i++)
        {
            var fromLeft = r == right.Count
                || (l < left.Count && left._ids[l] <= right._ids[r]);
            ids[i] = fromLeft ? left._ids[l] : right._ids[r];
            numbers[i] = fromLeft ? left._numbers[l++] : right._numbers[r++];
        }

        return new IdRun(ids, numbers);
    }

    /// <summary>Adds the numbers of a fingerprint to a list, making it when there is one.</summary>
    public void Find(ulong id, ref List<int>? found)
    {
        var slot = (int)(id >> _shift);
        var (i, end) = (_slots[slot], _slots[slot + 1]);
        while (i < end && _ids[i] < id)
            i++;
        for (; i < end && _ids[i] == id; i++)
            (found ??= []).Add(_numbers[i]);
    }

    public void Save(BinaryWriter to)
    {
        to.Write(Count);
        to.Write(MemoryMarshal.AsBytes(_ids.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(_numbers.AsSpan()));
    }

    public static IdRun Load(BinaryReader from)
    {
        var count = from.ReadInt32();
        var ids = new ulong[count];
        var numbers = new int[count];
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(ids.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return new IdRun(ids, numbers);
    }

    private static int[] SlotsOf(ulong[] ids, int bits)
    {
        var slots = new int[(1 << bits) + 1];
        var place = 0;
        for (var slot = 0; slot < 1 << bits; slot++)
        {
            slots[slot] = place;
            while (place < ids.Length && (int)(ids[place] >> (64 - bits)) == slot)
                place++;
        }

        slots[^1] = ids.Length;
        return slots;
    }
}
