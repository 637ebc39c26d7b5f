using System.Runtime.CompilerServices;
using System.Text;

namespace Sojourn.Storage.Columns;

/// <summary>A text in any searched field has the folded needle in it.</summary>
/// <param name="needle">Folded, not empty.</param>
/// <param name="words">The searched categories and sets.</param>
internal sealed class TextFound(string needle, IReadOnlyList<WordColumn> words) : Predicate
{
    private readonly byte[] _needle = Encoding.UTF8.GetBytes(needle);
    private readonly CodeAmong[] _words =
        [.. words.Select(one => new CodeAmong(one.Slot, one.Containing(needle)))];

    public override Cover Match(RowBlock block, Span<ulong> mask)
    {
        Span<ulong> more = stackalloc ulong[Masks.Words];
        mask.Clear();
        block.Searched.Search(_needle, mask);
        foreach (var word in _words)
        {
            var cover = word.Match(block, more);
            if (cover == Cover.All)
                return Cover.All;
            if (cover == Cover.Some)
                Masks.Or(mask, more);
        }

        return Masks.IsEmpty(mask) ? Cover.None : Cover.Some;
    }
}

/// <summary>A text equals one of some values; the empty value stands for null too.</summary>
internal sealed class TextAmong(TextPlace place, IReadOnlyList<string> values) : Predicate
{
    private readonly byte[]?[] _needles = [.. values.Select(value => NeedleOf(place, value))];

    public override Cover Match(RowBlock block, Span<ulong> mask)
    {
        // A text that equals a value holds its folded form: that can be searched for.
        var heap = place.HeapOf(block);
        mask.Clear();
        foreach (var needle in _needles)
        {
            if (needle is null)
                mask.Fill(ulong.MaxValue);
            else
                heap.Search(needle, mask);
        }

        var texts = new string?[place.Count];
        for (var row = 0; row < RowBlock.Rows; row++)
        {
            if (!Masks.IsSet(mask, row))
                continue;
            TextRecord.Read(heap[row], texts);
            if (!values.Contains(texts[place.Index] ?? ""))
                Masks.Clear(mask, row);
        }

        return Masks.IsEmpty(mask) ? Cover.None : Cover.Some;
    }

    private static byte[]? NeedleOf(TextPlace place, string value)
    {
        var text = place.IsSearched ? FoldedText.Of(value) : value;
        return text.Length == 0 ? null : Encoding.UTF8.GetBytes(text);
    }
}

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
