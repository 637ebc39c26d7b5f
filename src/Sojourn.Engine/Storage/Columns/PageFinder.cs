using System.Runtime.CompilerServices;
using Sojourn.Queries;

namespace Sojourn.Storage.Columns;

/// <summary>
/// Finds the first rows of a sorted list without sorting it: blocks that may hold better rows
/// come first, and those that cannot hold one good enough are never looked at.
/// </summary>
/// <remarks>
/// Rows are compared by a key: the sort value, inverted bit by bit for "greatest first", and the
/// greatest number of all for rows without a value, so that these come last both ways.
/// </remarks>
internal sealed class PageFinder(
    TableView table, Matches matches, NumberColumn? sort, bool descending)
{
    private const long NoValue = long.MaxValue;

    /// <summary>The first rows after a position, in order, with their keys.</summary>
    public (ReadOnlyMemory<long> Keys, ReadOnlyMemory<int> Rows) Find(
        RowPosition? after, int wanted)
    {
        var afterKey = after is { } position ? KeyOf(position.Value) : long.MinValue;
        var order = Order(afterKey);
        var top = new TopRows(table.Blocks, wanted);

        foreach (var (best, block) in order)
        {
            if (top.IsFull && best > top.LastKey)
                break;
            Offer(block, after, afterKey, top);
        }

        return top.Sorted();
    }

    /// <summary>The sort value of a key; null when there is none.</summary>
    public long? ValueOf(long key) => key == NoValue ? null : descending ? ~key : key;

    // Blocks with matching rows after the position, the one with the best key first.
    private List<(long Best, int Block)> Order(long afterKey)
    {
        var order = new List<(long Best, int Block)>();
        for (var i = 0; i < table.Blocks.Count; i++)
        {
            if (!matches.MayHave(i))
                continue;
            var (min, max, hasNulls) = sort?.Bounds(table.Blocks[i])
                ?? (long.MaxValue, long.MinValue, true);
            var best = min > max ? NoValue : descending ? ~max : min;
            var worst = hasNulls ? NoValue : descending ? ~min : max;
            if (worst >= afterKey)
                order.Add((best, i));
        }

        order.Sort();
        return order;
    }

    [SkipLocalsInit]
    private void Offer(int index, RowPosition? after, long afterKey, TopRows top)
    {
        var block = table.Blocks[index];
        Span<ulong> mask = stackalloc ulong[Masks.Words];
        matches.Of(index).CopyTo(mask);
        Narrow(block, mask, afterKey, top);

        Span<ushort> rows = stackalloc ushort[RowBlock.Rows];
        var count = Masks.RowsOf(mask, rows);
        foreach (var row in rows[..count])
        {
            var key = KeyOf(sort?.Read(block, row));
            var id = block.Id(row);
            var isAfter = after is not { } position || key > afterKey
                || (key == afterKey && SessionIdOrder.Ascending.Compare(id, position.Id) > 0);
            if (isAfter)
                top.Offer(key, index * RowBlock.Rows + row, id);
        }
    }

    // Takes away rows that surely are before the position or behind the last row wanted.
    [SkipLocalsInit]
    private void Narrow(RowBlock block, Span<ulong> mask, long afterKey, TopRows top)
    {
        if (sort is null)
            return;

        Span<ulong> scratch = stackalloc ulong[Masks.Words];
        if (top.IsFull && top.LastKey != NoValue)
        {
            var cover = Between(block, long.MinValue, top.LastKey, scratch);
            Masks.And(mask, cover, scratch);
        }

        if (afterKey > long.MinValue + 1)
        {
            var cover = Between(block, long.MinValue, afterKey - 1, scratch);
            if (cover == Cover.All)
                mask.Clear();
            else if (cover == Cover.Some)
                Masks.AndNot(mask, scratch);
        }
    }

    // Numbers are never the two extremes, so inverting bounds cannot reach beyond.
    private Cover Between(RowBlock block, long lowKey, long highKey, Span<ulong> mask) =>
        descending
            ? sort!.Between(block, Math.Max(~highKey, long.MinValue + 1), ~lowKey, mask)
            : sort!.Between(block, Math.Max(lowKey, long.MinValue + 1), highKey, mask);

    private long KeyOf(long? value) =>
        value is { } number ? descending ? ~number : number : NoValue;
}
