namespace Sojourn.Storage.Columns;

/// <summary>Which of the default lists a row is in: four classes, a number from 0 to 3.</summary>
internal static class RowClass
{
    /// <summary>How many there are.</summary>
    public const int Count = 4;

    private const int Suppressed = 1;
    private const int Archived = 2;

    public static int Of(bool suppressed, bool archived) =>
        (suppressed ? Suppressed : 0) | (archived ? Archived : 0);

    public static bool IsSuppressed(int rowClass) => (rowClass & Suppressed) != 0;

    public static bool IsArchived(int rowClass) => (rowClass & Archived) != 0;
}

/// <summary>
/// How many rows of each class have a code, kept up to date with each change: the counts of a
/// list without filters need no scan.
/// </summary>
internal sealed class Tally
{
    // Place 0 is for rows that have none, place n + 1 for code n.
    private readonly int[][] _counts = [[0], [0], [0], [0]];

    public void Add(long? code, int rowClass, int more)
    {
        var place = (int)(code + 1 ?? 0);
        ref var counts = ref _counts[rowClass];
        if (place >= counts.Length)
            Array.Resize(ref counts, Math.Max(place + 1, counts.Length * 2));
        counts[place] += more;
    }

    /// <summary>Counts all rows anew.</summary>
    /// <param name="blocks">The rows.</param>
    /// <param name="slot">The place of the codes.</param>
    /// <param name="codes">Codes are below this.</param>
    public void Count(IReadOnlyList<RowBlock> blocks, int slot, int codes)
    {
        var space = new ushort[RowBlock.Rows];
        Span<ulong> mask = stackalloc ulong[Masks.Words];
        Span<ulong> inClass = stackalloc ulong[Masks.Words];
        for (var rowClass = 0; rowClass < RowClass.Count; rowClass++)
        {
            var only = new CodeSet([rowClass]);
            var counts = new long[codes + 1];
            foreach (var block in blocks)
            {
                block.Live.CopyTo(mask);
                Masks.And(mask, only.Match(block.Columns[Layout.ClassSlot], inClass), inClass);
                var rows = new BlockRows(block, mask, space);
                if (rows.Count > 0)
                    FacetCounter.Count(block.Columns[slot], ref rows, counts, 1);
            }

            _counts[rowClass] = Array.ConvertAll(counts, count => (int)count);
        }
    }

    /// <summary>True when no row has the code.</summary>
    public bool IsZero(long code) =>
        _counts.All(one => code + 1 >= one.Length || one[code + 1] == 0);

    /// <summary>All rows of some classes.</summary>
    public long Sum(CodeSet classes) =>
        Enumerable.Range(0, RowClass.Count).Where(one => classes.Has(one))
            .Sum(one => _counts[one].Sum(count => (long)count));

    /// <summary>The counts of some classes together: place 0 for none, n + 1 for code n.</summary>
    public void AddTo(long[] sums, CodeSet classes)
    {
        for (var i = 0; i < RowClass.Count; i++)
        {
            if (!classes.Has(i))
                continue;
            for (var place = 0; place < Math.Min(_counts[i].Length, sums.Length); place++)
                sums[place] += _counts[i][place];
        }
    }
}
