using System.Buffers;
using System.Runtime.CompilerServices;

namespace Sojourn.Storage.Columns;

/// <summary>The rows that meet a query's conditions, block by block.</summary>
internal sealed class Matches : IDisposable
{
    private readonly TableView _table;
    private readonly CodeSet _classes;
    private readonly ulong[] _scratch = new ulong[Masks.Words];
    private readonly ulong[]? _masks;
    private readonly int[]? _counts;

    /// <param name="table">The rows.</param>
    /// <param name="classes">The classes of rows that the list shows.</param>
    /// <param name="isStored">
    /// False when the classes are the only condition: then no mask is kept.
    /// </param>
    public Matches(TableView table, CodeSet classes, bool isStored)
    {
        _table = table;
        _classes = classes;
        if (isStored)
        {
            _masks = ArrayPool<ulong>.Shared.Rent(table.Blocks.Count * Masks.Words);
            _counts = new int[table.Blocks.Count];
        }
    }

    /// <summary>All matching rows.</summary>
    public long Total { get; set; }

    /// <summary>False when a block surely has none.</summary>
    public bool MayHave(int block) => _counts is null || _counts[block] > 0;

    /// <summary>The rows of a block. Good until the next call.</summary>
    [SkipLocalsInit]
    public ReadOnlySpan<ulong> Of(int block)
    {
        if (_masks is not null)
            return Space(block);

        var rows = _table.Blocks[block];
        Span<ulong> mask = stackalloc ulong[Masks.Words];
        rows.Live.CopyTo(_scratch, 0);
        Masks.And(_scratch, _classes.Match(rows.Columns[Layout.ClassSlot], mask), mask);
        return _scratch;
    }

    /// <summary>Where a scan writes the rows of a block; only when they are stored.</summary>
    public Span<ulong> Space(int block) => _masks.AsSpan(block * Masks.Words, Masks.Words);

    /// <summary>Tells how many rows of a block match; only when they are stored.</summary>
    public void SetCount(int block, int count) => _counts![block] = count;

    public void Dispose()
    {
        if (_masks is not null)
            ArrayPool<ulong>.Shared.Return(_masks);
    }
}
