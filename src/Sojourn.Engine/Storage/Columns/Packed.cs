using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sojourn.Storage.Columns;

/// <summary>
/// One column of one block: nullable 64-bit numbers as distances from the block's own base, in
/// 0, 1, 2, 4 or 8 bytes each, whichever is enough. It grows by itself. Times that are whole
/// milliseconds or seconds are counted in these.
/// </summary>
/// <remarks>
/// 0 stands for null and 1 for the base. A column of width 0 has the same value in each row; so
/// a property that a project never uses costs nothing. The two extreme values of
/// <see cref="long"/> are kept as their neighbours, because sorts need them for "no value".
/// </remarks>
internal sealed class Packed
{
    // Below it distances are counted one by one. Codes of words are, so their users rely on it.
    private const ulong RangeForUnitsMin = 1 << 30;

    private static readonly ulong[] Units = [1_000_000, 1_000, 1];

    private byte[] _bytes = [];
    private long _base;
    private ulong _unit = 1;
    private ulong _only;

    /// <summary>Bytes of each number: 0, 1, 2, 4 or 8.</summary>
    public int Width { get; private set; }

    /// <summary>
    /// No number is below this; greater than <see cref="Max"/> when all are null.
    /// </summary>
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
    public long Open(ulong stored) => unchecked((long)((stored - 1) * _unit + (ulong)_base));

    /// <summary>How the code of a word would be kept; null when no row can have it.</summary>
    public ulong? Close(long code) =>
        code >= Min && code <= Max ? Distance(_base, code) + 1 : null;

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

        var from = (Distance(_base, Math.Max(low, Min)) + _unit - 1) / _unit + 1;
        var to = Distance(_base, Math.Min(high, Max)) / _unit + 1;
        if (from > to)
            return Cover.None;
        switch (Width)
        {
            case 1: Lanes.Between(Rows<byte>(), (byte)from, (byte)to, mask); break;
            case 2: Lanes.Between(Rows<ushort>(), (ushort)from, (ushort)to, mask); break;
            case 4: Lanes.Between(Rows<uint>(), (uint)from, (uint)to, mask); break;
            default: Lanes.Between(Rows<ulong>(), from, to, mask); break;
        }

        return Cover.Some;
    }

    /// <summary>The rows kept as one of four distances. Never for width 0.</summary>
    public void AnyOf(ReadOnlySpan<ulong> four, Span<ulong> mask)
    {
        switch (Width)
        {
            case 1: Lanes.AnyOf(Rows<byte>(), four, mask); break;
            case 2: Lanes.AnyOf(Rows<ushort>(), four, mask); break;
            case 4: Lanes.AnyOf(Rows<uint>(), four, mask); break;
            default: Lanes.AnyOf(Rows<ulong>(), four, mask); break;
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
        to.Write(_unit);
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
        packed._unit = from.ReadUInt64();
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

        if (!Fits(number))
            Repack(number);
        Write(row, Distance(_base, number) / _unit + 1);
    }

    private void PutNull(int row)
    {
        var isFirst = Min > Max && !HasNulls;
        HasNulls = true;

        if (isFirst)
            _only = 0;
        else if (Width == 0 && _only != 0)
            Repack(Min);

        Write(row, 0);
    }

    private bool Fits(long number)
    {
        var distance = Distance(_base, number);
        return number >= _base
            && (_unit == 1 || distance % _unit == 0)
            && distance / _unit < Capacity(Width)
            && (Width > 0 || _only != 0);
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
    private void Repack(long toFit)
    {
        var old = (Packed)MemberwiseClone();
        _unit = Array.Find(Units, unit => old.IsWhole(unit, toFit));
        var range = Distance(Min, Max) / _unit;
        Width = range < 0xFF ? 1 : range < 0xFFFF ? 2 : range < 0xFFFF_FFFF ? 4 : 8;
        if (Width == 8)
            _unit = 1;

        var room = (long)((Capacity(Width) - 1 - range) / 2 * _unit);
        _base = Width == 8 ? long.MinValue + 1 : Min > long.MinValue + room ? Min - room : Min;
        _bytes = new byte[Width * RowBlock.Rows];
        for (var row = 0; row < RowBlock.Rows; row++)
        {
            // A row that was never written may hold what no longer fits; its value is of no use.
            if (old[row] is { } number && number >= Min && number <= Max)
                Write(row, Distance(_base, number) / _unit + 1);
        }
    }

    // True when all numbers lie whole units apart and it is worth while to count in them.
    private bool IsWhole(ulong unit, long toFit)
    {
        if (unit == 1)
            return true;
        if (Distance(Min, Max) < RangeForUnitsMin
            || Distance(Min, Max) % unit != 0 || Distance(Min, toFit) % unit != 0)
        {
            return false;
        }

        for (var row = 0; row < RowBlock.Rows; row++)
        {
            if (this[row] is { } number && number >= Min && Distance(Min, number) % unit != 0)
                return false;
        }

        return true;
    }

    private void Decode<T>(ReadOnlySpan<T> rows, Span<long> numbers, long none)
        where T : unmanaged, IBinaryInteger<T>
    {
        var zero = Open(0);
        var unit = (long)_unit;
        for (var row = 0; row < numbers.Length; row++)
        {
            var stored = long.CreateTruncating(rows[row]);
            numbers[row] = stored == 0 ? none : unchecked(stored * unit + zero);
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
