namespace Sojourn.Storage.Columns;

/// <summary>The codes a filter asks for, and whether it asks for rows without one.</summary>
internal sealed class CodeSet
{
    // A comparison of a whole block costs about as much as looking up 200 single rows.
    private const int ComparisonsMax = 16;

    private readonly bool[] _has;
    private readonly long[] _codes;

    public CodeSet(IEnumerable<int> codes, bool withNone = false)
    {
        _codes = [.. codes.Select(code => (long)code).Distinct()];
        WithNone = withNone;
        _has = new bool[_codes.Length == 0 ? 0 : _codes.Max() + 1];
        foreach (var code in _codes)
            _has[code] = true;
    }

    /// <summary>True when rows without a code are asked for too.</summary>
    public bool WithNone { get; }

    public bool Has(long? code) =>
        code is { } known ? known < _has.Length && _has[known] : WithNone;

    /// <summary>The rows of a block's column whose code is asked for.</summary>
    public Cover Match(Packed column, Span<ulong> mask)
    {
        if (column.Width == 0)
            return Has(column[0]) ? Cover.All : Cover.None;

        var lookUp = _codes.Length > ComparisonsMax;
        mask.Clear();
        var any = WithNone && column.HasNulls;
        if (any && !lookUp)
            column.OrEqual(0, mask);

        foreach (var code in _codes)
        {
            if (column.Close(code) is not { } stored)
                continue;
            any = true;
            if (lookUp)
                break;
            column.OrEqual(stored, mask);
        }

        if (any && lookUp)
            LookUp(column, mask);
        return any ? Cover.Some : Cover.None;
    }

    private void LookUp(Packed column, Span<ulong> mask)
    {
        Span<long> codes = stackalloc long[RowBlock.Rows];
        column.Decode(codes, none: -1);
        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            var holds = code < 0 ? WithNone : code < _has.Length && _has[code];
            mask[row >> 6] |= (holds ? 1UL : 0UL) << (row & 63);
        }
    }
}
