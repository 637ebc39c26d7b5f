namespace Sojourn.Storage.Columns;

/// <summary>Some rows of a block, as a mask and, once somebody asks, as a list.</summary>
internal ref struct BlockRows(RowBlock block, ReadOnlySpan<ulong> mask, Span<ushort> space)
{
    private readonly Span<ushort> _space = space;
    private int _listed = -1;

    /// <summary>The block.</summary>
    public RowBlock Block { get; } = block;

    /// <summary>The rows, one bit each.</summary>
    public ReadOnlySpan<ulong> Mask { get; } = mask;

    /// <summary>How many rows.</summary>
    public int Count { get; } = Masks.Count(mask);

    /// <summary>The rows' numbers, ascending.</summary>
    public ReadOnlySpan<ushort> List()
    {
        if (_listed < 0)
            _listed = Masks.RowsOf(Mask, _space);
        return _space[.._listed];
    }
}
