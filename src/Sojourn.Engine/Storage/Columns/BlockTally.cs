namespace Sojourn.Storage.Columns;

/// <summary>
/// How many rows of a block have each code, among the rows of some classes: made when a query
/// takes in most of a block, as one for a range of days does, and kept until the block changes.
/// </summary>
/// <remarks>Several readers may make the same counts at once; the last to finish wins.</remarks>
/// <param name="classes">The classes, one bit each.</param>
/// <param name="columns">Places of a block.</param>
internal sealed class BlockTally(int classes, int columns)
{
    private readonly (int Place, int Count)[]?[] _counts = new (int, int)[]?[columns];

    /// <summary>The classes, one bit each.</summary>
    public int Classes { get; } = classes;

    /// <summary>Memory in use.</summary>
    public long ByteSize => _counts.Sum(one => 8L + (one?.Length ?? 0) * 8L);

    /// <summary>The counts above 0 of a column: place 0 for none, n + 1 for code n.</summary>
    /// <param name="slot">The column's place.</param>
    /// <param name="codes">Codes are below this.</param>
    /// <param name="rows">All rows of the block that are in the classes.</param>
    public ReadOnlySpan<(int Place, int Count)> Of(int slot, int codes, ref BlockRows rows) =>
        _counts[slot] ??= Make(slot, codes, ref rows);

    private static (int Place, int Count)[] Make(int slot, int codes, ref BlockRows rows)
    {
        var counts = new long[codes + 1];
        FacetCounter.Count(rows.Block.Columns[slot], ref rows, counts, 1);
        return
        [
            .. counts.Index().Where(one => one.Item != 0)
                .Select(one => (one.Index, (int)one.Item)),
        ];
    }
}
