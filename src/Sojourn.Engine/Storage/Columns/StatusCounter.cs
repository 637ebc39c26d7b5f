using System.Runtime.InteropServices;

namespace Sojourn.Storage.Columns;

/// <summary>Counts the statuses at an instant.</summary>
internal sealed class StatusCounter(LifecycleColumn column, long nowUs) : FacetCounter
{
    private readonly long[] _before = new long[column.States.Count + 1];
    private readonly long[] _later = new long[column.States.Count + 1];
    private readonly ushort[] _space = new ushort[RowBlock.Rows];

    public override void Add(ref BlockRows rows, int sign)
    {
        Span<ulong> passed = stackalloc ulong[Masks.Words];
        var states = rows.Block.Columns[column.Slot];
        var cover = column.Passed(rows.Block, nowUs, passed);
        if (cover != Cover.Some)
        {
            Count(states, ref rows, cover == Cover.All ? _later : _before, sign);
            return;
        }

        Masks.And(passed, rows.Mask);
        Span<ulong> before = stackalloc ulong[Masks.Words];
        rows.Mask.CopyTo(before);
        Masks.AndNot(before, passed);
        var laterRows = new BlockRows(rows.Block, passed, _space);
        Count(states, ref laterRows, _later, sign);
        var beforeRows = new BlockRows(rows.Block, before, _space);
        Count(states, ref beforeRows, _before, sign);
    }

    public override void AddWhole(ref BlockRows rows, BlockTally tally)
    {
        Span<ulong> passed = stackalloc ulong[Masks.Words];
        var cover = column.Passed(rows.Block, nowUs, passed);
        if (cover == Cover.Some)
        {
            Add(ref rows, 1);
            return;
        }

        var counts = cover == Cover.All ? _later : _before;
        foreach (var (place, count) in tally.Of(column.Slot, column.States.Count, ref rows))
            counts[place] += count;
    }

    // Most deadlines have passed: so all rows count as if theirs had, and those few whose
    // deadline is to come, or which have none, are moved.
    public override void AddAll(TableView table, CodeSet classes)
    {
        column.Tally.AddTo(_later, classes);
        for (var code = 0; code < column.States.Count; code++)
        {
            if (column.States[code].UntilUs is not null)
                continue;
            _before[code + 1] += _later[code + 1];
            _later[code + 1] = 0;
        }

        var pending = new long[_later.Length];
        Span<ulong> mask = stackalloc ulong[Masks.Words];
        Span<ulong> inClass = stackalloc ulong[Masks.Words];
        foreach (var block in table.Blocks)
        {
            var cover = column.Pending(block, nowUs, mask);
            if (cover == Cover.None)
                continue;
            if (cover == Cover.All)
                mask.Fill(ulong.MaxValue);
            Masks.And(mask, block.Live);
            Masks.And(mask, classes.Match(block.Columns[Layout.ClassSlot], inClass), inClass);
            var rows = new BlockRows(block, mask, _space);
            Count(block.Columns[column.Slot], ref rows, pending, 1);
        }

        for (var place = 0; place < pending.Length; place++)
        {
            _before[place] += pending[place];
            _later[place] -= pending[place];
        }
    }

    public override void Add(FacetCounter other)
    {
        var more = (StatusCounter)other;
        for (var i = 0; i < _before.Length; i++)
        {
            _before[i] += more._before[i];
            _later[i] += more._later[i];
        }
    }

    public override Dictionary<string, long> ToCounts()
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var code = 0; code < column.States.Count; code++)
        {
            var state = column.States[code];
            if (_before[code + 1] > 0)
                Sum(state.Status) += _before[code + 1];
            if (_later[code + 1] > 0)
                Sum(state.LaterStatus) += _later[code + 1];
        }

        return counts;

        ref long Sum(string status) =>
            ref CollectionsMarshal.GetValueRefOrAddDefault(counts, status, out _);
    }
}
