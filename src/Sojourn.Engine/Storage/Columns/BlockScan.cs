namespace Sojourn.Storage.Columns;

/// <summary>
/// Judges a query's conditions block by block and counts facets on the way, while the block is
/// in the processor's cache. One thread's part of a <see cref="TableScan"/>.
/// </summary>
internal sealed class BlockScan
{
    private readonly QueryPlan _plan;
    private readonly int _classes;
    private readonly bool[] _isCounted;
    private readonly int[] _filteredAlike;
    private readonly ulong[] _whole = new ulong[Masks.Words];
    private readonly ulong[] _shared = new ulong[Masks.Words];
    private readonly ulong[] _scratch = new ulong[Masks.Words];
    private readonly ulong[][] _own;
    private readonly ulong[][] _others;
    private readonly ushort[] _rows = new ushort[RowBlock.Rows];
    private readonly ushort[] _restRows = new ushort[RowBlock.Rows];

    public BlockScan(QueryPlan plan)
    {
        _plan = plan;
        _classes = plan.Classes.Bits;
        Counters = plan.NewCounters();
        _isCounted = [.. plan.Facets.Select((_, facet) => !plan.IsUnfilteredFacet(facet))];
        _filteredAlike = [.. Enumerable.Range(0, plan.Facets.Count).Where(facet =>
            _isCounted[facet] && plan.Own.TrueForAll(one => one.Facet != facet))];
        _own = [.. plan.Own.Select(_ => new ulong[Masks.Words])];
        _others = [.. plan.Own.Select(_ => new ulong[Masks.Words])];
    }

    /// <summary>What was counted so far.</summary>
    public FacetCounter[] Counters { get; }

    /// <summary>Judges a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="matches">Filled with the rows that meet all conditions.</param>
    /// <returns>How many rows do.</returns>
    public int Scan(RowBlock block, Span<ulong> matches)
    {
        matches.Clear();
        if (!MatchEverywhere(block) || !MatchOwn(block))
            return 0;

        _shared.CopyTo(matches);
        foreach (var own in _own)
            Masks.And(matches, own);
        SetOthers();
        if (_plan.Text is { } text && !MatchText(block, matches, text))
            return 0;

        CountFacets(block, matches);
        return Masks.Count(matches);
    }

    // The conditions that each row and each facet must meet.
    private bool MatchEverywhere(RowBlock block)
    {
        block.Live.CopyTo(_shared, 0);
        var cover = _plan.Classes.Match(block.Columns[Layout.ClassSlot], _scratch);
        Masks.And(_shared, cover, _scratch);
        _shared.CopyTo(_whole, 0);

        foreach (var filter in _plan.Everywhere)
        {
            if (cover == Cover.None)
                return false;
            cover = filter.Match(block, _scratch);
            Masks.And(_shared, cover, _scratch);
        }

        return cover != Cover.None && !Masks.IsEmpty(_shared);
    }

    // A block where two filters have no row at all is of no use for any facet either.
    private bool MatchOwn(RowBlock block)
    {
        var empty = 0;
        for (var i = 0; i < _own.Length; i++)
        {
            var cover = _plan.Own[i].Filter.Match(block, _own[i]);
            if (cover == Cover.None && ++empty == 2)
                return false;
            if (cover != Cover.Some)
                _own[i].AsSpan().Fill(cover == Cover.All ? ulong.MaxValue : 0);
        }

        return true;
    }

    private void SetOthers()
    {
        for (var i = 0; i < _others.Length; i++)
        {
            if (!_isCounted[_plan.Own[i].Facet])
                continue;
            _shared.CopyTo(_others[i], 0);
            for (var other = 0; other < _own.Length; other++)
            {
                if (other != i)
                    Masks.And(_others[i], _own[other]);
            }
        }
    }

    private bool MatchText(RowBlock block, Span<ulong> matches, Predicate text)
    {
        if (Masks.IsEmpty(matches) && _others.All(one => Masks.IsEmpty(one)))
            return false;

        var cover = text.Match(block, _scratch);
        Masks.And(matches, cover, _scratch);
        foreach (var others in _others)
            Masks.And(others, cover, _scratch);
        return cover != Cover.None;
    }

    private void CountFacets(RowBlock block, ReadOnlySpan<ulong> matches)
    {
        CountFacets(block, matches, _filteredAlike);
        for (var i = 0; i < _others.Length; i++)
        {
            if (_isCounted[_plan.Own[i].Facet])
                CountFacets(block, _others[i], [_plan.Own[i].Facet]);
        }
    }

    // Of a block that is in the list as a whole, or for the most part, the counts are known:
    // then only the rows that are not in the list are looked at.
    private void CountFacets(RowBlock block, ReadOnlySpan<ulong> mask, ReadOnlySpan<int> facets)
    {
        var rows = new BlockRows(block, mask, _rows);
        if (rows.Count == 0 || facets.IsEmpty)
            return;

        var whole = new BlockRows(block, _whole, _restRows);
        if (rows.Count * 2 <= whole.Count)
        {
            foreach (var facet in facets)
                Counters[facet].Add(ref rows, 1);
            return;
        }

        var tally = block.Tally;
        if (tally?.Classes != _classes)
            block.Tally = tally = new BlockTally(_classes, block.Columns.Length);
        foreach (var facet in facets)
            Counters[facet].AddWhole(ref whole, tally);
        if (rows.Count == whole.Count)
            return;

        for (var i = 0; i < _scratch.Length; i++)
            _scratch[i] = _whole[i] & ~mask[i];
        var rest = new BlockRows(block, _scratch, _rows);
        foreach (var facet in facets)
            Counters[facet].Add(ref rest, -1);
    }
}
