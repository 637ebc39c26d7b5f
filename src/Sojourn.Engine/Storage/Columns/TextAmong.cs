using System.Text;
using Sojourn.Events;

namespace Sojourn.Storage.Columns;

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
