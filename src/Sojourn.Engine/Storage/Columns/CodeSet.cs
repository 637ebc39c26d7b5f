using System.Numerics;

namespace Sojourn.Storage.Columns;

/// <summary>The codes a filter asks for, and whether it asks for rows without one.</summary>
internal sealed class CodeSet
{
    // As many codes as a block is compared with at once.
    private const int ComparisonsMax = 4;

    private readonly bool[] _has;
    private readonly int[] _codes;

    public CodeSet(IEnumerable<int> codes, bool withNone = false)
    {
        _codes = [.. codes];
        WithNone = withNone;
        _has = new bool[_codes.Length == 0 ? 0 : _codes.Max() + 1];
        foreach (var code in _codes)
            _has[code] = true;
    }

    /// <summary>True when rows without a code are asked for too.</summary>
    public bool WithNone { get; }

    /// <summary>A set of small codes as a number, one bit each.</summary>
    public int Bits => _codes.Aggregate(0, (bits, code) => bits | 1 << code);

    public bool Has(long? code) =>
        code is { } known ? (ulong)known < (ulong)_has.Length && _has[known] : WithNone;

    /// <summary>The rows of a block's column whose code is asked for.</summary>
    public Cover Match(Packed column, Span<ulong> mask)
    {
        if (column.Width == 0)
            return Has(column[0]) ? Cover.All : Cover.None;

        return _codes.Length + (WithNone ? 1 : 0) > ComparisonsMax
            ? LookUp(column, mask)
            : Compare(column, mask);
    }

    private Cover Compare(Packed column, Span<ulong> mask)
    {
        Span<ulong> wanted = stackalloc ulong[ComparisonsMax];
        var count = 0;
        if (WithNone && column.HasNulls)
            wanted[count++] = 0;
        foreach (var code in _codes)
        {
            if (column.Close(code) is { } stored)
                wanted[count++] = stored;
        }

        if (count == 0)
            return Cover.None;
        wanted[count..].Fill(wanted[0]);
        column.AnyOf(wanted, mask);
        return Cover.Some;
    }

    private Cover LookUp(Packed column, Span<ulong> mask)
    {
        if (column.Width == 1)
        {
            Span<bool> set = stackalloc bool[256];
            for (var stored = 0; stored < set.Length; stored++)
                set[stored] = Has(stored == 0 ? null : column.Open((ulong)stored));
            Lanes.Among(column.Rows<byte>(), set, mask);
        }
        else if (column.Width == 2)
        {
            LookUp(column.Rows<ushort>(), column.Open(0), mask);
        }
        else
        {
            LookUp(column.Rows<uint>(), column.Open(0), mask);
        }

        return Cover.Some;
    }

    private void LookUp<T>(ReadOnlySpan<T> rows, long zero, Span<ulong> mask)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var word = 0; word < mask.Length; word++)
        {
            ulong bits = 0;
            for (var bit = 63; bit >= 0; bit--)
            {
                var stored = long.CreateTruncating(rows[word * 64 + bit]);
                var code = (ulong)(stored + zero);
                var holds = stored == 0 ? WithNone : code < (ulong)_has.Length && _has[code];
                bits = bits << 1 | (holds ? 1UL : 0UL);
            }

            mask[word] = bits;
        }
    }
}
