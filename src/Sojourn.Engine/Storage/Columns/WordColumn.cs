using Sojourn.Events;

namespace Sojourn.Storage.Columns;

/// <summary>A category or set of each row, as the code of a word. A closed family.</summary>
internal abstract class WordColumn(int slot, WordList words)
{
    /// <summary>Its place in <see cref="RowBlock.Columns"/>.</summary>
    public int Slot { get; } = slot;

    /// <summary>The words its codes stand for.</summary>
    public WordList Words { get; } = words;

    /// <summary>The same column for a reader that outlives the lock.</summary>
    public abstract WordColumn Kept();

    /// <summary>What facets show and filters compare of a row that has this code.</summary>
    public abstract IReadOnlyList<string> TextsOf(int code);

    /// <summary>The codes that a filter for any of the values asks for.</summary>
    public abstract CodeSet AnyOf(IReadOnlyList<string> values);

    /// <summary>The codes whose text holds the folded needle.</summary>
    public CodeSet Containing(string needle)
    {
        return new CodeSet(Enumerable.Range(0, Words.Count).Where(HasNeedle));

        bool HasNeedle(int code) => Words[code] is not null && TextsOf(code)
            .Any(text => FoldedText.Of(text).Contains(needle, StringComparison.Ordinal));
    }

    /// <summary>Writes the words.</summary>
    public virtual void Save(BinaryWriter to) => Words.Save(to);

    /// <summary>Reads the words into an empty column.</summary>
    public virtual void Load(BinaryReader from) => Words.Load(from);

    protected long? CodeOf(RowBlock block, int row) => block.Columns[Slot][row];
}

/// <summary>One word or none.</summary>
internal sealed class CategoryColumn(int slot, WordList words) : WordColumn(slot, words)
{
    public override WordColumn Kept() => new CategoryColumn(Slot, Words.Kept());

    public override IReadOnlyList<string> TextsOf(int code) => [Words[code] ?? ""];

    public override CodeSet AnyOf(IReadOnlyList<string> values) => new(
        values.Select(Words.Find).OfType<int>(),
        withNone: values.Contains(""));

    public string? Read(RowBlock block, int row) =>
        CodeOf(block, row) is { } code ? Words[code] : null;

    public void Write(RowBlock block, int row, string? word, int rowClass) =>
        block.Columns[Slot][row] = Words.Take(word, rowClass);
}
