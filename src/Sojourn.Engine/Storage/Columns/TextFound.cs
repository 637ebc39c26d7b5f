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
