using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>Where the values of one field of a kind are kept.</summary>
/// <param name="Field">The field.</param>
/// <param name="Slot">The place of its number, amount or code; not used by texts.</param>
/// <param name="Words">Its words, or its currencies; null for numbers, times and texts.</param>
/// <param name="Text">Its place among the texts; only for texts.</param>
internal sealed record KindField(Field Field, int Slot, WordColumn? Words, TextPlace Text)
{
    /// <summary>Its numbers; null for words and texts.</summary>
    public NumberColumn? Number { get; } =
        Field.Type is FieldType.Number or FieldType.Time or FieldType.Money
            ? new StoredNumber(Slot)
            : null;

    public KindField Kept() => this with { Words = Words?.Kept() };

    /// <summary>Writes everything but texts.</summary>
    public void Write(RowBlock block, int row, object? value, int rowClass)
    {
        switch (Field.Type)
        {
            case FieldType.Number or FieldType.Time:
                block.Columns[Slot][row] = (long?)value;
                break;
            case FieldType.Money:
                var money = (Money?)value;
                block.Columns[Slot][row] = money?.MinorUnits;
                ((CategoryColumn)Words!).Write(block, row, money?.Currency, rowClass);
                break;
            case FieldType.Category:
                ((CategoryColumn)Words!).Write(block, row, (string?)value, rowClass);
                break;
            case FieldType.Set or FieldType.Path:
                ((SetColumn)Words!).Write(block, row, (IReadOnlyList<string>)value!, rowClass);
                break;
        }
    }

    /// <summary>The value of a row.</summary>
    /// <param name="block">The block.</param>
    /// <param name="row">The row.</param>
    /// <param name="searched">The row's searched texts.</param>
    /// <param name="shown">The row's other texts.</param>
    public object? Read(RowBlock block, int row, string?[] searched, string?[] shown) =>
        Field.Type switch
        {
            FieldType.Text => (Text.IsSearched ? searched : shown)[Text.Index],
            FieldType.Category => ((CategoryColumn)Words!).Read(block, row),
            FieldType.Set or FieldType.Path => ((SetColumn)Words!).Read(block, row),
            FieldType.Money => block.Columns[Slot][row] is { } minor
                ? new Money(minor, ((CategoryColumn)Words!).Read(block, row)!)
                : null,
            _ => block.Columns[Slot][row],
        };
}
