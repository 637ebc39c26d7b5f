using System.Runtime.CompilerServices;

namespace Sojourn.Storage.Columns;

/// <summary>
/// A start and distances added to or taken from it: times near each other cost little that way.
/// Null when one of them is.
/// </summary>
internal sealed class SumOfNumbers(int start, params (int Slot, bool Minus)[] steps) : NumberColumn
{
    public override (long Min, long Max, bool HasNulls) Bounds(RowBlock block)
    {
        var first = block.Columns[start];
        var (min, max, hasNulls) = (first.Min, first.Max, first.HasNulls);
        foreach (var (slot, minus) in steps)
        {
            var step = block.Columns[slot];
            if (step.Min > step.Max || min > max)
                return (long.MaxValue, long.MinValue, true);
            min += minus ? -step.Max : step.Min;
            max += minus ? -step.Min : step.Max;
            hasNulls |= step.HasNulls;
        }

        return (min, max, hasNulls);
    }

    public override long? Read(RowBlock block, int row)
    {
        var sum = block.Columns[start][row];
        foreach (var (slot, minus) in steps)
            sum += minus ? -block.Columns[slot][row] : block.Columns[slot][row];
        return sum;
    }

    [SkipLocalsInit]
    public override void Decode(RowBlock block, Span<long> numbers)
    {
        Span<long> more = stackalloc long[RowBlock.Rows];
        block.Columns[start].Decode(numbers, None);
        foreach (var (slot, minus) in steps)
        {
            var step = block.Columns[slot];
            if (step.Width == 0 && step[0] is 0)
                continue;

            step.Decode(more, None);
            for (var row = 0; row < numbers.Length; row++)
            {
                numbers[row] = more[row] == None || numbers[row] == None
                    ? None
                    : numbers[row] + (minus ? -more[row] : more[row]);
            }
        }
    }

    [SkipLocalsInit]
    public override Cover Between(RowBlock block, long low, long high, Span<ulong> mask)
    {
        var (min, max, hasNulls) = Bounds(block);
        if (low > max || high < min || low > high)
            return Cover.None;
        if (low <= min && high >= max && !hasNulls)
            return Cover.All;

        Span<long> numbers = stackalloc long[RowBlock.Rows];
        Decode(block, numbers);
        for (var word = 0; word < mask.Length; word++)
        {
            ulong bits = 0;
            for (var bit = 0; bit < 64; bit++)
            {
                var number = numbers[(word << 6) + bit];
                var holds = number >= low && number <= high && number != None;
                bits |= (holds ? 1UL : 0UL) << bit;
            }

            mask[word] = bits;
        }

        return Cover.Some;
    }
}
