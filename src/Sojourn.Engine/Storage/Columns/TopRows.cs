using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>The first rows of those offered, by key, then by session id.</summary>
/// <remarks>
/// Rows gather unsorted; when twice as many as wanted are there, they are sorted and cut. So an
/// offer costs a comparison for most rows, and sorting happens seldom.
/// </remarks>
internal sealed class TopRows
{
    private const int GatherMin = 256;

    private readonly IReadOnlyList<RowBlock> _blocks;
    private readonly int _wanted;
    private readonly int _gathered;
    private long[] _keys;
    private int[] _rows;
    private int _count;
    private SessionId _lastId;

    public TopRows(IReadOnlyList<RowBlock> blocks, int wanted)
    {
        _blocks = blocks;
        _wanted = wanted;
        _gathered = (int)Math.Min((long)wanted + Math.Max(wanted, GatherMin), Array.MaxLength);
        _keys = new long[Math.Min(_gathered, 4096)];
        _rows = new int[_keys.Length];
    }

    /// <summary>No row with a greater key is wanted any more.</summary>
    public long LastKey { get; private set; } = long.MaxValue;

    /// <summary>True once rows have been cut off.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Offers a row.</summary>
    public void Offer(long key, int row, SessionId id)
    {
        if (IsFull && (key > LastKey
            || (key == LastKey && SessionIdOrder.Ascending.Compare(id, _lastId) >= 0)))
        {
            return;
        }

        if (_count == _gathered)
            Cut();
        if (_count == _keys.Length)
        {
            var length = (int)Math.Min(_count * 2L, _gathered);
            Array.Resize(ref _keys, length);
            Array.Resize(ref _rows, length);
        }

        _keys[_count] = key;
        _rows[_count++] = row;
        if (_count == _wanted && !IsFull && _wanted < GatherMin)
            Cut();
    }

    /// <summary>The wanted rows in order, with their keys.</summary>
    public (ReadOnlyMemory<long> Keys, ReadOnlyMemory<int> Rows) Sorted()
    {
        Sort();
        _count = Math.Min(_count, _wanted);
        return (_keys.AsMemory(0, _count), _rows.AsMemory(0, _count));
    }

    private void Cut()
    {
        Sort();
        _count = Math.Min(_count, _wanted);
        if (_count < _wanted)
            return;
        IsFull = true;
        LastKey = _keys[_count - 1];
        _lastId = IdOf(_rows[_count - 1]);
    }

    private void Sort()
    {
        Array.Sort(_keys, _rows, 0, _count);
        for (var start = 0; start < _count;)
        {
            var end = start + 1;
            while (end < _count && _keys[end] == _keys[start])
                end++;
            if (end - start > 1)
            {
                _rows.AsSpan(start, end - start)
                    .Sort((x, y) => SessionIdOrder.Ascending.Compare(IdOf(x), IdOf(y)));
            }

            start = end;
        }
    }

    private SessionId IdOf(int row) => _blocks[row / RowBlock.Rows].Id(row % RowBlock.Rows);
}
