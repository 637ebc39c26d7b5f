using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sojourn.Storage.Columns;

/// <summary>
/// One column of one block: nullable 64-bit numbers as distances from the block's own base, in
/// 0, 1, 2, 4 or 8 bytes each, whichever is enough. It grows by itself.
/// </summary>
/// <remarks>
/// 0 stands for null and 1 for the base. A column of width 0 has the same value in each row; so
/// a property that a project never uses costs nothing. The two extreme values of
/// <see cref="long"/> are kept as their neighbours, because sorts need them for "no value".
/// </remarks>
internal sealed class Packed
{
    private byte[] _bytes = [];
    private long _base;
    private ulong _only;

    /// <summary>Bytes of each number: 0, 1, 2, 4 or 8.</summary>
    public int Width { get; private set; }

    /// <summary>No number is below this; greater than <see cref="Max"/> when all are null.</summary>
    public long Min { get; private set; } = long.MaxValue;

    /// <summary>No number is above this.</summary>
    public long Max { get; private set; } = long.MinValue;

    /// <summary>False when no row is null.</summary>
    public bool HasNulls { get; private set; }

    /// <summary>Memory in use.</summary>
    public int ByteSize => _bytes.Length + 80;

    public long? this[int row]
    {
        get => Stored(row) is var stored and not 0 ? Open(stored) : null;
        set
        {
            if (value is { } number)
                Put(row, Math.Clamp(number, long.MinValue + 1, long.MaxValue - 1));
            else
                PutNull(row);
        }
    }

    /// <summary>The distance as it is kept: 0 = null, 1 = the base.</summary>
    public ulong Stored(int row) => Width switch
    {
        0 => _only,
        1 => _bytes[row],
        2 => As<ushort>()[row],
        4 => As<uint>()[row],
        _ => As<ulong>()[row],
    };

    /// <summary>The number that a stored distance other than 0 stands for.</summary>
    public long Open(ulong stored) => unchecked((long)(stored - 1 + (ulong)_base));

    /// <summary>How a number would be kept; null when no row can have it.</summary>
    public ulong? Close(long number)
    {
        var stored = unchecked((ulong)number - (ulong)_base + 1);
        return number >= Min && number <= Max && stored <= Capacity(Width) ? stored : null;
    }

    /// <summary>The rows as they are kept, of the width's type. Never for width 0.</summary>
    public ReadOnlySpan<T> Rows<T>()
        where T : unmanaged => As<T>();

    /// <summary>Every row's number; <paramref name="none"/> where it is null.</summary>
    public void Decode(Span<long> numbers, long none)
    {
        switch (Width)
        {
            case 0: numbers.Fill(_only == 0 ? none : Open(_only)); break;
            case 1: Decode(Rows<byte>(), numbers, none); break;
            case 2: Decode(Rows<ushort>(), numbers, none); break;
            case 4: Decode(Rows<uint>(), numbers, none); break;
            default: Decode(Rows<ulong>(), numbers, none); break;
        }
    }

    /// <summary>The rows with a number from low to high, both included.</summary>
    public Cover Between(long low, long high, Span<ulong> mask)
    {
        if (low > Max || high < Min || low > high)
            return Cover.None;
        if (low <= Min && high >= Max && !HasNulls)
            return Cover.All;
        if (Width == 0)
            return _only != 0 && Open(_only) >= low && Open(_only) <= high ? Cover.All : Cover.None;

        var from = unchecked((ulong)Math.Max(low, Min) - (ulong)_base + 1);
        var to = unchecked((ulong)Math.Min(high, Max) - (ulong)_base + 1);
        switch (Width)
        {
            case 1: Lanes.Between(Rows<byte>(), (byte)from, (byte)to, mask); break;
            case 2: Lanes.Between(Rows<ushort>(), (ushort)from, (ushort)to, mask); break;
            case 4: Lanes.Between(Rows<uint>(), (uint)from, (uint)to, mask); break;
            default: Lanes.Between(Rows<ulong>(), from, to, mask); break;
        }

        return Cover.Some;
    }

    /// <summary>Adds the rows whose stored distance is this. Never for width 0.</summary>
    public void OrEqual(ulong stored, Span<ulong> mask)
    {
        switch (Width)
        {
            case 1: Lanes.OrEqual(Rows<byte>(), (byte)stored, mask); break;
            case 2: Lanes.OrEqual(Rows<ushort>(), (ushort)stored, mask); break;
            case 4: Lanes.OrEqual(Rows<uint>(), (uint)stored, mask); break;
            default: Lanes.OrEqual(Rows<ulong>(), stored, mask); break;
        }
    }

    public Packed Clone()
    {
        var clone = (Packed)MemberwiseClone();
        clone._bytes = _bytes.AsSpan().ToArray();
        return clone;
    }

    public void Save(BinaryWriter to)
    {
        to.Write((byte)Width);
        to.Write(_base);
        to.Write(_only);
        to.Write(Min);
        to.Write(Max);
        to.Write(HasNulls);
        to.Write(_bytes);
    }

    public static Packed Load(BinaryReader from)
    {
        var packed = new Packed { Width = from.ReadByte() };
        packed._base = from.ReadInt64();
        packed._only = from.ReadUInt64();
        packed.Min = from.ReadInt64();
        packed.Max = from.ReadInt64();
        packed.HasNulls = from.ReadBoolean();
        packed._bytes = new byte[packed.Width * RowBlock.Rows];
        from.BaseStream.ReadExactly(packed._bytes);
        return packed;
    }

    private void Put(int row, long number)
    {
        var isFirst = Min > Max && !HasNulls;
        Min = Math.Min(Min, number);
        Max = Math.Max(Max, number);

        if (isFirst)
        {
            // Rows not yet written may hold anything: nobody reads them.
            _base = number;
            _only = 1;
            return;
        }

        if (number < _base || Distance(_base, number) >= Capacity(Width)
            || (Width == 0 && _only == 0))
        {
            Repack();
        }

        Write(row, Distance(_base, number) + 1);
    }

    private void PutNull(int row)
    {
        var isFirst = Min > Max && !HasNulls;
        HasNulls = true;

        if (isFirst)
            _only = 0;
        else if (Width == 0 && _only != 0)
            Repack();

        Write(row, 0);
    }

    private void Write(int row, ulong stored)
    {
        switch (Width)
        {
            case 0: break;
            case 1: _bytes[row] = (byte)stored; break;
            case 2: As<ushort>()[row] = (ushort)stored; break;
            case 4: As<uint>()[row] = (uint)stored; break;
            default: As<ulong>()[row] = stored; break;
        }
    }

    // Takes the least width that holds all from Min to Max, with the room that is left over
    // shared between both ends: so a block is repacked a few times in its life at most.
    private void Repack()
    {
        var old = (Packed)MemberwiseClone();
        var range = Distance(Min, Max);
        Width = range < 0xFF ? 1 : range < 0xFFFF ? 2 : range < 0xFFFF_FFFF ? 4 : 8;
        var room = (long)((Capacity(Width) - 1 - range) / 2);
        _base = Width == 8 || Min < long.MinValue + room + 1 ? long.MinValue + 1 : Min - room;
        _bytes = new byte[Width * RowBlock.Rows];

        for (var row = 0; row < RowBlock.Rows; row++)
        {
            // A row that was never written may hold what no longer fits; its value is of no use.
            if (old[row] is { } number && number >= Min && number <= Max)
                Write(row, Distance(_base, number) + 1);
        }
    }

    private void Decode<T>(ReadOnlySpan<T> rows, Span<long> numbers, long none)
        where T : unmanaged, IBinaryInteger<T>
    {
        var offset = unchecked((ulong)_base - 1);
        for (var row = 0; row < numbers.Length; row++)
        {
            var stored = ulong.CreateTruncating(rows[row]);
            numbers[row] = stored == 0 ? none : unchecked((long)(stored + offset));
        }
    }

    private Span<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan());

    // How many different numbers fit beside null.
    private static ulong Capacity(int width) => width switch
    {
        0 => 1,
        1 => 0xFF,
        2 => 0xFFFF,
        4 => 0xFFFF_FFFF,
        _ => ulong.MaxValue - 1,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Distance(long from, long to) => unchecked((ulong)to - (ulong)from);
}
