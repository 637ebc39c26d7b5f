using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sojourn.Storage.Columns;

/// <summary>
/// Comparisons of a block of packed numbers, 32 bytes at a time, into masks. Everything a query
/// does with each row happens here or in <see cref="FacetCounter"/>.
/// </summary>
internal static class Lanes
{
    /// <summary>
    /// Sets the bits of the rows from low to high, both included, clears the others.
    /// </summary>
    public static void Between<T>(ReadOnlySpan<T> rows, T low, T high, Span<ulong> mask)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var test = new Within<T>(Vector256.Create(low), Vector256.Create(high - low));
        for (var i = 0; i < mask.Length; i++)
            mask[i] = Word(ref Unsafe.Add(ref first, i * 64), test);
    }

    /// <summary>
    /// Sets the bits of the rows that equal one of four values, clears the others.
    /// </summary>
    public static void AnyOf<T>(ReadOnlySpan<T> rows, ReadOnlySpan<ulong> four, Span<ulong> mask)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var test = new SameAsOne<T>(
            Vector256.Create(T.CreateTruncating(four[0])),
            Vector256.Create(T.CreateTruncating(four[1])),
            Vector256.Create(T.CreateTruncating(four[2])),
            Vector256.Create(T.CreateTruncating(four[3])));
        for (var i = 0; i < mask.Length; i++)
            mask[i] = Word(ref Unsafe.Add(ref first, i * 64), test);
    }

    /// <summary>Counts the rows of a mask that equal a value.</summary>
    public static int CountEqual<T>(ReadOnlySpan<T> rows, T value, ReadOnlySpan<ulong> mask)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var test = new Same<T>(Vector256.Create(value));
        var count = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            var equal = Word(ref Unsafe.Add(ref first, i * 64), test);
            count += BitOperations.PopCount(equal & mask[i]);
        }

        return count;
    }

    /// <summary>Adds the rows that have all the bits.</summary>
    public static void OrHaving(ReadOnlySpan<uint> rows, uint bits, Span<ulong> mask)
    {
        ref var first = ref MemoryMarshal.GetReference(rows);
        var test = new Having(Vector256.Create(bits));
        for (var i = 0; i < mask.Length; i++)
            mask[i] |= Word(ref Unsafe.Add(ref first, i * 64), test);
    }

    /// <summary>
    /// Sets the bits of the rows whose byte is in a set of bytes, clears the others.
    /// </summary>
    /// <remarks>
    /// A byte's low half looks up, for each possible high half, whether the set has the two
    /// together; the high half picks one of these bits. So any set costs the same.
    /// </remarks>
    public static void Among(ReadOnlySpan<byte> rows, ReadOnlySpan<bool> set, Span<ulong> mask)
    {
        Span<byte> lowTable = stackalloc byte[16];
        Span<byte> highTable = stackalloc byte[16];
        for (var value = 0; value < 256; value++)
        {
            if (set[value])
                (value < 128 ? lowTable : highTable)[value & 15] |= (byte)(1 << (value >> 4 & 7));
        }

        var low = Vector128.Create<byte>(lowTable);
        var high = Vector128.Create<byte>(highTable);
        ref var first = ref MemoryMarshal.GetReference(rows);
        for (var i = 0; i < mask.Length; i++)
        {
            ulong word = 0;
            for (var part = 0; part < 4; part++)
            {
                var at = (nuint)(i * 64 + part * 16);
                var bits = Hits(Vector128.LoadUnsafe(ref first, at), low, high);
                word |= (ulong)bits << (part * 16);
            }

            mask[i] = word;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hits(Vector128<byte> rows, Vector128<byte> low, Vector128<byte> high)
    {
        var lowHalf = rows & Vector128.Create((byte)15);
        var highHalf = (rows.AsUInt16() >>> 4).AsByte() & Vector128.Create((byte)15);
        var bit = Vector128.ShuffleNative(
            Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128), highHalf);
        var known = Vector128.ConditionalSelect(
            Vector128.LessThan(rows.AsSByte(), Vector128<sbyte>.Zero).AsByte(),
            Vector128.ShuffleNative(high, lowHalf),
            Vector128.ShuffleNative(low, lowHalf));
        return ~Vector128.Equals(known & bit, Vector128<byte>.Zero).ExtractMostSignificantBits()
            & 0xFFFF;
    }

    // The results for 64 rows. Written out for each width, because the shifts are then constants.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word<T, TTest>(ref T first, TTest test)
        where T : unmanaged
        where TTest : struct, ITest<T>
    {
        if (Unsafe.SizeOf<T>() == 1)
            return Bits(ref first, test, 0) | Bits(ref first, test, 1) << 32;

        if (Unsafe.SizeOf<T>() == 2)
        {
            return Bits(ref first, test, 0) | Bits(ref first, test, 1) << 16
                | Bits(ref first, test, 2) << 32 | Bits(ref first, test, 3) << 48;
        }

        if (Unsafe.SizeOf<T>() == 4)
        {
            return Bits(ref first, test, 0) | Bits(ref first, test, 1) << 8
                | Bits(ref first, test, 2) << 16 | Bits(ref first, test, 3) << 24
                | Bits(ref first, test, 4) << 32 | Bits(ref first, test, 5) << 40
                | Bits(ref first, test, 6) << 48 | Bits(ref first, test, 7) << 56;
        }

        ulong word = 0;
        for (var i = 0; i < 16; i++)
            word |= Bits(ref first, test, i) << (i * 4);
        return word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits<T, TTest>(ref T first, TTest test, int index)
        where T : unmanaged
        where TTest : struct, ITest<T>
    {
        var rows = Vector256.LoadUnsafe(ref first, (nuint)(index * Vector256<T>.Count));
        return test.Holds(rows).ExtractMostSignificantBits();
    }

    private interface ITest<T>
        where T : unmanaged
    {
        Vector256<T> Holds(Vector256<T> rows);
    }

    private readonly struct Within<T>(Vector256<T> low, Vector256<T> width) : ITest<T>
        where T : unmanaged
    {
        // Below low wraps around to a great number: one comparison does for both ends.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<T> Holds(Vector256<T> rows) =>
            Vector256.LessThanOrEqual(rows - low, width);
    }

    private readonly struct Same<T>(Vector256<T> value) : ITest<T>
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<T> Holds(Vector256<T> rows) => Vector256.Equals(rows, value);
    }

    private readonly struct SameAsOne<T>(
        Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d) : ITest<T>
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<T> Holds(Vector256<T> rows) =>
            Vector256.Equals(rows, a) | Vector256.Equals(rows, b)
            | Vector256.Equals(rows, c) | Vector256.Equals(rows, d);
    }

    private readonly struct Having(Vector256<uint> bits) : ITest<uint>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Holds(Vector256<uint> rows) => Vector256.Equals(rows & bits, bits);
    }
}
