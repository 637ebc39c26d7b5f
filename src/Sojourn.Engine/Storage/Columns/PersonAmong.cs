using System.Runtime.CompilerServices;

namespace Sojourn.Storage.Columns;

/// <summary>The person's, device's or user's id equals one of some values.</summary>
/// <param name="texts">Texts of a searched record; the ids are the first three.</param>
/// <param name="values">The ids wanted. The empty one: sessions whose person is unknown.</param>
internal sealed class PersonAmong(int texts, IReadOnlyList<string> values) : Predicate
{
    private const int Ids = 3;

    private readonly uint[] _marks = [.. values.Select(PersonMarks.Of)];

    [SkipLocalsInit]
    public override Cover Match(RowBlock block, Span<ulong> mask)
    {
        mask.Clear();
        foreach (var marks in _marks)
            Lanes.OrHaving(block.PersonMarks, marks, mask);
        if (Masks.IsEmpty(mask))
            return Cover.None;

        var record = new string?[texts];
        Span<ushort> rows = stackalloc ushort[RowBlock.Rows];
        var count = Masks.RowsOf(mask, rows);
        foreach (var row in rows[..count])
        {
            TextRecord.Read(block.Searched[row], record);
            if (!record.Take(Ids).Any(id => id is not null && values.Contains(id)))
                Masks.Clear(mask, row);
        }

        return Cover.Some;
    }
}
