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
