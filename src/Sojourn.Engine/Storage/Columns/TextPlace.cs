namespace Sojourn.Storage.Columns;

/// <summary>Where a text field is kept.</summary>
/// <param name="IsSearched">True in <see cref="RowBlock.Searched"/>, else in Shown.</param>
/// <param name="Index">Its place in the record.</param>
/// <param name="Count">Texts of the record.</param>
internal readonly record struct TextPlace(bool IsSearched, int Index, int Count)
{
    public TextHeap HeapOf(RowBlock block) => IsSearched ? block.Searched : block.Shown;
}
