using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>
/// The sessions of one kind, for the one writer and, under its lock, the readers.
/// </summary>
internal sealed class SessionTable
{
    // Rows of removed sessions are used again once they are more than one in this many: before,
    // new sessions go to the end, where their neighbours in time are.
    private const int FreeShare = 16;

    private readonly List<RowBlock> _blocks = [];
    private readonly RowIds _ids;
    private readonly Stack<int> _free = new();
    private readonly TextBuffer _buffer = new();
    private int _used;

    public SessionTable(SessionKind kind)
        : this(new Layout(kind), used: 0)
    {
    }

    /// <summary>A table whose blocks are still to be loaded.</summary>
    /// <param name="layout">Its layout.</param>
    /// <param name="used">Rows that were ever in use.</param>
    public SessionTable(Layout layout, int used)
    {
        Layout = layout;
        _ids = new RowIds(used);
        _used = used;
    }

    /// <summary>Where everything is.</summary>
    public Layout Layout { get; }

    /// <summary>Sessions.</summary>
    public int Count => _used - _free.Count;

    /// <summary>Memory in use.</summary>
    public long ByteSize =>
        _blocks.Sum(block => block.ByteSize) + _ids.ByteSize
        + Layout.WordColumns.Sum(one => one.Words.ByteSize);

    /// <summary>The rows as they are; good while the lock is held.</summary>
    public TableView View => new(Layout, _blocks, Count, _used);

    /// <summary>
    /// The rows as they are now; good for ever. Without tallies: for exports and snapshots.
    /// </summary>
    public TableView Keep()
    {
        foreach (var block in _blocks)
            block.IsKept = true;
        return new TableView(Layout.Kept(), [.. _blocks], Count, _used);
    }

    /// <summary>The session of that id, or null.</summary>
    public Session? Find(SessionId id) =>
        _ids.Find(id, _blocks) is { } row
            ? Layout.Read(_blocks[row / RowBlock.Rows], row % RowBlock.Rows)
            : null;

    /// <summary>Adds a session, or replaces the one of its id.</summary>
    public void Put(Session session)
    {
        if (_ids.Find(session.Id, _blocks) is { } known)
        {
            var block = Writable(known / RowBlock.Rows);
            Layout.Release(block, known % RowBlock.Rows);
            Layout.Write(block, known % RowBlock.Rows, session, _buffer);
            return;
        }

        var row = NewRow();
        Layout.Write(Writable(row / RowBlock.Rows), row % RowBlock.Rows, session, _buffer);
        _ids.Add(session.Id, row, _blocks);
    }

    /// <summary>Takes a session away; nothing happens when it is not there.</summary>
    public void Remove(SessionId id)
    {
        if (_ids.Find(id, _blocks) is not { } row)
            return;

        _ids.Remove(id, _blocks);
        var block = Writable(row / RowBlock.Rows);
        Layout.Release(block, row % RowBlock.Rows);
        Layout.Forget(block, row % RowBlock.Rows);
        _free.Push(row);
    }

    /// <summary>Adds the next block of a snapshot.</summary>
    public void Load(RowBlock block)
    {
        var first = _blocks.Count * RowBlock.Rows;
        _blocks.Add(block);
        for (var row = 0; row < Math.Min(RowBlock.Rows, _used - first); row++)
        {
            if (Masks.IsSet(block.Live, row))
                _ids.Add(block.Id(row), first + row, _blocks);
            else
                _free.Push(first + row);
        }
    }

    /// <summary>Counts what is kept counted with changes, once all blocks are loaded.</summary>
    public void CountWords()
    {
        foreach (var words in Layout.WordColumns)
            words.Words.Tally.Count(_blocks, words.Slot, words.Words.Count);
        Layout.Lifecycles.Tally.Count(
            _blocks, Layout.Lifecycles.Slot, Layout.Lifecycles.States.Count);
    }

    private int NewRow()
    {
        if (_free.Count > _used / FreeShare)
            return _free.Pop();

        if (_used == _blocks.Count * RowBlock.Rows)
        {
            if (_used > 0)
                Writable(_blocks.Count - 1).Trim();
            _blocks.Add(new RowBlock(Layout.Kind.IdPrefix, Layout.ColumnCount));
        }

        return _used++;
    }

    // A block that a reader keeps is never changed: from now on the table has a copy.
    private RowBlock Writable(int index)
    {
        if (_blocks[index].IsKept)
            _blocks[index] = _blocks[index].Clone();
        _blocks[index].Tally = null;
        return _blocks[index];
    }
}
