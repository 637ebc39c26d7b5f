using System.Numerics;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>
/// Finds the row of a session: a hash table of row numbers; the ids are in the rows.
/// </summary>
internal sealed class RowIds
{
    private const int None = -1;

    private int[] _rows;
    private int _count;

    /// <param name="expected">Sessions that will be added at once.</param>
    public RowIds(int expected)
    {
        var room = (uint)Math.Max(1024, expected / 3 * 4);
        _rows = NewRows((int)BitOperations.RoundUpToPowerOf2(room));
    }

    /// <summary>Memory in use.</summary>
    public long ByteSize => (long)_rows.Length * sizeof(int);

    /// <summary>The row of a session, or null.</summary>
    public int? Find(SessionId id, List<RowBlock> blocks)
    {
        for (var at = Home(id); _rows[at] != None; at = Next(at))
        {
            if (IsId(_rows[at], id, blocks))
                return _rows[at];
        }

        return null;
    }

    /// <summary>Adds a session that is not there.</summary>
    public void Add(SessionId id, int row, List<RowBlock> blocks)
    {
        // At most three quarters full: a search then looks at 2.5 places on average.
        if (++_count > _rows.Length / 4 * 3)
            Grow(blocks);
        Place(id, row);
    }

    /// <summary>Takes a session away that is there.</summary>
    public void Remove(SessionId id, List<RowBlock> blocks)
    {
        var hole = Home(id);
        while (!IsId(_rows[hole], id, blocks))
            hole = Next(hole);
        _count--;

        // Moves later ones of the run into the hole, unless that is before where they belong.
        for (var at = Next(hole); _rows[at] != None; at = Next(at))
        {
            var home = Home(IdOf(_rows[at], blocks));
            if (((at - home) & (_rows.Length - 1)) >= ((at - hole) & (_rows.Length - 1)))
            {
                _rows[hole] = _rows[at];
                hole = at;
            }
        }

        _rows[hole] = None;
    }

    private void Grow(List<RowBlock> blocks)
    {
        var old = _rows;
        _rows = NewRows(old.Length * 2);
        foreach (var row in old)
        {
            if (row != None)
                Place(IdOf(row, blocks), row);
        }
    }

    private void Place(SessionId id, int row)
    {
        var at = Home(id);
        while (_rows[at] != None)
            at = Next(at);
        _rows[at] = row;
    }

    // Both parts are fingerprints or small numbers: one multiplication spreads either.
    private int Home(SessionId id) =>
        (int)((id.Key ^ id.Part * 0x9E3779B97F4A7C15UL) * 0xD6E8FEB86659FD93UL >> 32)
        & (_rows.Length - 1);

    private int Next(int at) => (at + 1) & (_rows.Length - 1);

    private static SessionId IdOf(int row, List<RowBlock> blocks) =>
        blocks[row / RowBlock.Rows].Id(row % RowBlock.Rows);

    private static bool IsId(int row, SessionId id, List<RowBlock> blocks) =>
        blocks[row / RowBlock.Rows].IsId(row % RowBlock.Rows, id);

    private static int[] NewRows(int length)
    {
        var rows = new int[length];
        Array.Fill(rows, None);
        return rows;
    }
}
