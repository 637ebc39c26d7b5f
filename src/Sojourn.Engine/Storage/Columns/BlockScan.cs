namespace Sojourn.Storage.Columns;

/// <summary>
/// Judges a query's conditions block by block and counts facets on the way, while the block is
/// in the processor's cache. One thread's part of a <see cref="TableScan"/>.
/// </summary>
internal sealed class BlockScan
{
    private readonly QueryPlan _plan;
    private readonly bool[] _isCounted;
    private readonly int[] _filteredAlike;
    private readonly ulong[] _shared = new ulong[Masks.Words];
    private readonly ulong[] _scratch = new ulong[Masks.Words];
    private readonly ulong[][] _own;
    private readonly ulong[][] _others;
    private readonly ushort[] _rows = new ushort[RowBlock.Rows];

    public BlockScan(QueryPlan plan)
    {
        _plan = plan;
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
        var rows = new BlockRows(block, matches, _rows);
        if (rows.Count > 0)
        {
            foreach (var facet in _filteredAlike)
                Counters[facet].Add(ref rows);
        }

        for (var i = 0; i < _others.Length; i++)
        {
            var facet = _plan.Own[i].Facet;
            var others = new BlockRows(block, _others[i], _rows);
            if (_isCounted[facet] && others.Count > 0)
                Counters[facet].Add(ref others);
        }
    }
}
