namespace Sojourn.Storage.Sqlite;

/// <summary>The blocks used last, up to a number of bytes. For any thread.</summary>
internal sealed class BlockCache(long bytesMax)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, LinkedListNode<(long Sequence, EventBlock Block)>> _nodes =
        [];
    private readonly LinkedList<(long Sequence, EventBlock Block)> _newestFirst = [];
    private long _bytes;

    public EventBlock? Find(long sequence)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(sequence, out var node))
                return null;

            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            return node.Value.Block;
        }
    }

    public void Add(long sequence, EventBlock block)
    {
        lock (_lock)
        {
            if (_nodes.ContainsKey(sequence))
                return;

            _nodes[sequence] = _newestFirst.AddFirst((sequence, block));
            _bytes += block.Bytes;
            while (_bytes > bytesMax && _newestFirst.Last is { } oldest)
            {
                _newestFirst.Remove(oldest);
                _nodes.Remove(oldest.Value.Sequence);
                _bytes -= oldest.Value.Block.Bytes;
            }
        }
    }
}
