namespace Sojourn.Storage.Columns;

/// <summary>A number, time or amount of each row, stored or computed. A closed family.</summary>
internal abstract class NumberColumn
{
    /// <summary>What <see cref="Decode"/> writes where there is no number.</summary>
    public const long None = long.MinValue;

    /// <summary>
    /// No number of the block is below or above; Min above Max when all are null.
    /// </summary>
    public abstract (long Min, long Max, bool HasNulls) Bounds(RowBlock block);

    /// <summary>A row's number, or null.</summary>
    public abstract long? Read(RowBlock block, int row);

    /// <summary>All numbers of a block, <see cref="None"/> for null.</summary>
    public abstract void Decode(RowBlock block, Span<long> numbers);

    /// <summary>The rows with a number from low to high, both included.</summary>
    public abstract Cover Between(RowBlock block, long low, long high, Span<ulong> mask);
}

/// <summary>A number that is stored.</summary>
/// <param name="slot">Its place in <see cref="RowBlock.Columns"/>.</param>
internal sealed class StoredNumber(int slot) : NumberColumn
{
    public override (long Min, long Max, bool HasNulls) Bounds(RowBlock block) =>
        (block.Columns[slot].Min, block.Columns[slot].Max, block.Columns[slot].HasNulls);

    public override long? Read(RowBlock block, int row) => block.Columns[slot][row];

    public override void Decode(RowBlock block, Span<long> numbers) =>
        block.Columns[slot].Decode(numbers, None);

    public override Cover Between(RowBlock block, long low, long high, Span<ulong> mask) =>
        block.Columns[slot].Between(low, high, mask);
}
