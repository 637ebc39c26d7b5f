namespace Sojourn.Sessions;

/// <summary>How the values of a field behave in filters, sorts and facets.</summary>
public enum FieldType
{
    /// <summary>A word of a small closed or slowly growing list; <c>string?</c>.</summary>
    Category,

    /// <summary>Free text, different on most sessions; <c>string?</c>.</summary>
    Text,

    /// <summary>A whole number; <c>long?</c>.</summary>
    Number,

    /// <summary>Microseconds since 1970, UTC; <c>long?</c>.</summary>
    Time,

    /// <summary>An amount of money; <c>Money?</c>. Sorts by minor units.</summary>
    Money,

    /// <summary>Several words without order or repetition; <c>string[]</c>, never null.</summary>
    Set,

    /// <summary>
    /// Few words in order; <c>string[]</c>, never null. Filters ask for the word at a place.
    /// </summary>
    Path,
}

/// <summary>One value that every session of a kind has, by name and type.</summary>
/// <param name="Name">Snake case; the parameter, facet and JSON name, unique in its kind.</param>
/// <param name="Type">How its values behave, and their CLR type.</param>
public sealed record Field(string Name, FieldType Type)
{
    /// <summary>True when the text search looks into it.</summary>
    public bool Searched { get; init; }

    /// <summary>True when lists count its values; only for categories and sets.</summary>
    public bool Counted { get; init; }

    /// <summary>The only values a category can have besides unknown; empty = any.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>
    /// True when it is kept for the row and never filtered or sorted by, so stores need no index.
    /// </summary>
    public bool ShownOnly { get; init; }

    /// <summary>
    /// The object it stands in where the session is written as JSON; null = the lens's own.
    /// </summary>
    public string? Under { get; init; }

    /// <summary>Its name in that object; null = <see cref="Name"/>.</summary>
    public string? As { get; init; }

    /// <summary>True when the number is a percentage that JSON shows as a part of one.</summary>
    public bool IsShare { get; init; }

    /// <summary>
    /// The number whose ranges its words are, e.g. <c>25-49</c>: a filter by that number with
    /// one of these words asks for this. Null = no ranges.
    /// </summary>
    public string? RangesOf { get; init; }
}
