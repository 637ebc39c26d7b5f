using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sojourn.Storage.Columns;

/// <summary>Counts the values of one field among the rows it is given. A closed family.</summary>
internal abstract class FacetCounter
{
    // One comparison of a whole block costs about as much as this many single rows.
    private const int RowsPerComparison = 64;

    /// <summary>Counts some rows of a block.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="sign">1, or -1 to take rows away that were counted.</param>
    public abstract void Add(ref BlockRows rows, int sign);

    /// <summary>Counts all rows of a block that are in some classes.</summary>
    /// <param name="rows">These rows.</param>
    /// <param name="tally">The block's own counts of these classes.</param>
    public abstract void AddWhole(ref BlockRows rows, BlockTally tally);

    /// <summary>
    /// Counts all rows of some classes, from what is kept up to date with changes.
    /// </summary>
    public abstract void AddAll(TableView table, CodeSet classes);

    /// <summary>Adds what another counter of the same field counted.</summary>
    public abstract void Add(FacetCounter other);

    /// <summary>Values with counts above 0, in no order.</summary>
    public abstract Dictionary<string, long> ToCounts();

    /// <summary>
    /// Adds the rows to the counts of their codes: place 0 for none, n + 1 for n.
    /// </summary>
    internal static void Count(Packed column, ref BlockRows rows, long[] counts, int sign)
    {
        var spread = column.Max - column.Min + 1;
        if (column.Width == 0)
            counts[column[0] + 1 ?? 0] += sign * rows.Count;
        else if (column.Width == 1 && spread * RowsPerComparison < rows.Count)
            CountEach(column, ref rows, counts, sign);
        else if (column.Width == 1)
            CountRows(column, column.Rows<byte>(), ref rows, counts, sign);
        else if (column.Width == 2)
            CountRows(column, column.Rows<ushort>(), ref rows, counts, sign);
        else
            CountRows(column, column.Rows<uint>(), ref rows, counts, sign);
    }

    private static void CountEach(
        Packed column, ref BlockRows rows, long[] counts, int sign)
    {
        var left = rows.Count;
        for (var code = column.Min; code <= column.Max && left > 0; code++)
        {
            var stored = (byte)column.Close(code)!.Value; // From Min to Max each code has one.
            var count = Lanes.CountEqual(column.Rows<byte>(), stored, rows.Mask);
            counts[code + 1] += sign * count;
            left -= count;
        }

        counts[0] += sign * left;
    }

    private static void CountRows<T>(
        Packed column, ReadOnlySpan<T> codes, ref BlockRows rows, long[] counts, int sign)
        where T : unmanaged, IBinaryInteger<T>
    {
        var offset = (nint)column.Open(0) + 1;
        var list = rows.List();
        ref var first = ref MemoryMarshal.GetReference(codes);

        // Codes of rows in use have a place, so no access needs a check. Null has place 0.
        ref var counted = ref MemoryMarshal.GetArrayDataReference(counts);
        foreach (var row in list)
        {
            var stored = nint.CreateTruncating(Unsafe.Add(ref first, row));
            Unsafe.Add(ref counted, stored == 0 ? 0 : stored + offset) += sign;
        }
    }
}

/// <summary>Counts the words of a category, or each member of a set.</summary>
internal sealed class WordCounter(WordColumn column) : FacetCounter
{
    private readonly long[] _counts = new long[column.Words.Count + 1];

    public override void Add(ref BlockRows rows, int sign) =>
        Count(rows.Block.Columns[column.Slot], ref rows, _counts, sign);

    public override void AddWhole(ref BlockRows rows, BlockTally tally)
    {
        foreach (var (place, count) in tally.Of(column.Slot, column.Words.Count, ref rows))
            _counts[place] += count;
    }

    public override void AddAll(TableView table, CodeSet classes) =>
        column.Words.Tally.AddTo(_counts, classes);

    public override void Add(FacetCounter other)
    {
        var more = ((WordCounter)other)._counts;
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += more[i];
    }

    public override Dictionary<string, long> ToCounts()
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        if (_counts[0] > 0 && column is CategoryColumn)
            counts[""] = _counts[0];
        for (var code = 0; code < _counts.Length - 1; code++)
        {
            if (_counts[code + 1] == 0)
                continue;
            foreach (var text in column.TextsOf(code))
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, text, out _);
                sum += _counts[code + 1];
            }
        }

        return counts;
    }
}

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
