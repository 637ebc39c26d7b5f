using System.Numerics;

namespace Sojourn.Storage.Columns;

/// <summary>What a condition says about the rows of a block.</summary>
internal enum Cover
{
    /// <summary>It holds for no row; the mask was left alone.</summary>
    None,

    /// <summary>It holds for each row; the mask was left alone.</summary>
    All,

    /// <summary>It holds for the rows whose bits are set in the mask.</summary>
    Some,
}

/// <summary>One bit for each row of a block: <see cref="Words"/> words of 64.</summary>
internal static class Masks
{
    /// <summary>Words of one mask.</summary>
    public const int Words = RowBlock.Rows / 64;

    public static bool IsSet(ReadOnlySpan<ulong> mask, int row) =>
        (mask[row >> 6] >> (row & 63) & 1) != 0;

    public static void Set(Span<ulong> mask, int row) => mask[row >> 6] |= 1UL << (row & 63);

    public static void Clear(Span<ulong> mask, int row) => mask[row >> 6] &= ~(1UL << (row & 63));

    public static void And(Span<ulong> into, ReadOnlySpan<ulong> with)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] &= with[i];
    }

    public static void AndNot(Span<ulong> into, ReadOnlySpan<ulong> without)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] &= ~without[i];
    }

    public static void Or(Span<ulong> into, ReadOnlySpan<ulong> with)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] |= with[i];
    }

    /// <summary>Narrows a mask to the rows a condition holds for.</summary>
    public static void And(Span<ulong> into, Cover cover, ReadOnlySpan<ulong> with)
    {
        if (cover == Cover.None)
            into.Clear();
        else if (cover == Cover.Some)
            And(into, with);
    }

    public static int Count(ReadOnlySpan<ulong> mask)
    {
        var count = 0;
        foreach (var word in mask)
            count += BitOperations.PopCount(word);
        return count;
    }

    public static bool IsEmpty(ReadOnlySpan<ulong> mask) => mask.IndexOfAnyExcept(0UL) < 0;

    /// <summary>
    /// Writes the numbers of the rows in a mask, ascending, and returns how many.
    /// </summary>
    public static int RowsOf(ReadOnlySpan<ulong> mask, Span<ushort> rows)
    {
        var count = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            for (var word = mask[i]; word != 0; word &= word - 1)
                rows[count++] = (ushort)((i << 6) + BitOperations.TrailingZeroCount(word));
        }

        return count;
    }
}
