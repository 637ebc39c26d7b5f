using System.Runtime.CompilerServices;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>A condition on rows, judged a block at a time. A closed family.</summary>
internal abstract class Predicate
{
    /// <summary>The rows of a block it holds for; rows not in use may be among them.</summary>
    /// <param name="block">The block.</param>
    /// <param name="mask">Overwritten when the answer is <see cref="Cover.Some"/>.</param>
    public abstract Cover Match(RowBlock block, Span<ulong> mask);
}

/// <summary>Holds for all rows or for none.</summary>
internal sealed class Always(bool holds) : Predicate
{
    public override Cover Match(RowBlock block, Span<ulong> mask) =>
        holds ? Cover.All : Cover.None;
}

/// <summary>A number within bounds, both included.</summary>
internal sealed class NumberWithin(NumberColumn column, long low, long high) : Predicate
{
    public override Cover Match(RowBlock block, Span<ulong> mask) =>
        column.Between(block, low, high, mask);
}

/// <summary>A word, set or class among some.</summary>
internal sealed class CodeAmong(int slot, CodeSet codes) : Predicate
{
    public override Cover Match(RowBlock block, Span<ulong> mask) =>
        codes.Match(block.Columns[slot], mask);
}

/// <summary>A status, at an instant, among some.</summary>
internal sealed class StatusAmong : Predicate
{
    private readonly LifecycleColumn _column;
    private readonly long _nowUs;
    private readonly CodeSet _before;
    private readonly CodeSet _later;

    public StatusAmong(LifecycleColumn column, IReadOnlyList<string> values, long nowUs)
    {
        _column = column;
        _nowUs = nowUs;
        _before = CodesOf(state => state.Status);
        _later = CodesOf(state => state.LaterStatus);

        CodeSet CodesOf(Func<Lifecycle, string> status) => new(
            Enumerable.Range(0, column.States.Count)
                .Where(code => values.Contains(status(column.States[code]))));
    }

    [SkipLocalsInit]
    public override Cover Match(RowBlock block, Span<ulong> mask)
    {
        Span<ulong> passed = stackalloc ulong[Masks.Words];
        var states = block.Columns[_column.Slot];
        var cover = _column.Passed(block, _nowUs, passed);
        if (cover != Cover.Some)
            return (cover == Cover.All ? _later : _before).Match(states, mask);

        Span<ulong> before = stackalloc ulong[Masks.Words];
        Fill(before, _before.Match(states, before));
        Fill(mask, _later.Match(states, mask));
        for (var i = 0; i < mask.Length; i++)
            mask[i] = mask[i] & passed[i] | before[i] & ~passed[i];
        return Cover.Some;
    }

    private static void Fill(Span<ulong> mask, Cover cover)
    {
        if (cover != Cover.Some)
            mask.Fill(cover == Cover.All ? ulong.MaxValue : 0);
    }
}
