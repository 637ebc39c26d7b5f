using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sojourn.Storage.Columns;

/// <summary>
/// Comparisons of a block of packed numbers, 32 bytes at a time, into masks.
/// </summary>
internal static class Lanes
{
    /// <summary>Sets the bits of the rows from low to high, both included, clears the others.</summary>
    public static void Between<T>(ReadOnlySpan<T> rows, T low, T high, Span<ulong> mask)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var lows = Vector256.Create(low);
        var width = Vector256.Create(high - low);
        nuint at = 0;

        for (var i = 0; i < mask.Length; i++)
        {
            ulong word = 0;
            for (var bit = 0; bit < 64; bit += Vector256<T>.Count)
            {
                // Below low wraps around to a great number: one comparison does for both ends.
                var distance = Vector256.LoadUnsafe(ref first, at) - lows;
                var fits = Vector256.LessThanOrEqual(distance, width);
                word |= (ulong)fits.ExtractMostSignificantBits() << bit;
                at += (nuint)Vector256<T>.Count;
            }

            mask[i] = word;
        }
    }

    /// <summary>Adds the bits of the rows that equal a value.</summary>
    public static void OrEqual<T>(ReadOnlySpan<T> rows, T value, Span<ulong> mask)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var wanted = Vector256.Create(value);
        nuint at = 0;

        for (var i = 0; i < mask.Length; i++)
        {
            ulong word = 0;
            for (var bit = 0; bit < 64; bit += Vector256<T>.Count)
            {
                var equal = Vector256.Equals(Vector256.LoadUnsafe(ref first, at), wanted);
                word |= (ulong)equal.ExtractMostSignificantBits() << bit;
                at += (nuint)Vector256<T>.Count;
            }

            mask[i] |= word;
        }
    }

    /// <summary>Counts the rows of a mask that equal a value.</summary>
    public static int CountEqual<T>(ReadOnlySpan<T> rows, T value, ReadOnlySpan<ulong> mask)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var wanted = Vector256.Create(value);
        nuint at = 0;
        var count = 0;

        for (var i = 0; i < mask.Length; i++)
        {
            ulong word = 0;
            for (var bit = 0; bit < 64; bit += Vector256<T>.Count)
            {
                var equal = Vector256.Equals(Vector256.LoadUnsafe(ref first, at), wanted);
                word |= (ulong)equal.ExtractMostSignificantBits() << bit;
                at += (nuint)Vector256<T>.Count;
            }

            count += BitOperations.PopCount(word & mask[i]);
        }

        return count;
    }
}
