using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>Which sessions a list shows with regard to suppression.</summary>
public enum SuppressedView
{
    /// <summary>Only sessions with an unsuppressed event: the default.</summary>
    Hide,

    /// <summary>Only suppressed sessions.</summary>
    Only,

    /// <summary>Both.</summary>
    All,
}

/// <summary>
/// The one question behind list, total, facets, export and API, so that all numbers agree.
/// Filters on different fields must all hold; several values within one filter are "or".
/// </summary>
public sealed record SessionQuery
{
    /// <summary>Most rows a page has.</summary>
    public const int LimitMax = 200;

    /// <summary>Rows a page has when nobody says.</summary>
    public const int LimitDefault = 50;

    /// <summary>Which list.</summary>
    public required Lens Lens { get; init; }

    /// <summary>At most one for each field.</summary>
    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>
    /// Text to be found in any searched field, ignoring case and accents; null = no search.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Regard to suppression.</summary>
    public SuppressedView Suppressed { get; init; }

    /// <summary>True when archived sessions are shown too.</summary>
    public bool Archived { get; init; }

    /// <summary>The field rows are ordered by. Ties: <see cref="SessionId"/>, ascending.</summary>
    public Field Sort { get; init; } = CommonFields.Started;

    /// <summary>True for the greatest first. Sessions without a value always come last.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>Rows wanted, 1 to <see cref="LimitMax"/>.</summary>
    public int Limit { get; init; } = LimitDefault;

    /// <summary>Rows to leave out first; not together with <see cref="After"/>.</summary>
    public int Offset { get; init; }

    /// <summary>The row after which the page begins, or null for the first page.</summary>
    public RowPosition? After { get; init; }

    /// <summary>False when nobody will look at the counts.</summary>
    public bool WithFacets { get; init; } = true;

    /// <summary>The fields whose values are counted; null = those the lens counts.</summary>
    public IReadOnlyList<Field>? Counting { get; init; }
}

/// <summary>A row's place in a sorted list.</summary>
/// <param name="Value">Its sort value; null when the session has none.</param>
/// <param name="Id">The session.</param>
public readonly record struct RowPosition(long? Value, SessionId Id);

/// <summary>One condition on one field. A closed family.</summary>
/// <param name="Field">The field.</param>
public abstract record Filter(Field Field);

/// <summary>
/// The field has one of the values: equals for categories and texts (person matches person,
/// user or device id), contains for sets.
/// </summary>
/// <param name="Field">A category, text or set.</param>
/// <param name="Values">At least one; the empty text stands for "unknown" (null).</param>
public sealed record AnyOf(Field Field, IReadOnlyList<string> Values) : Filter(Field);

/// <summary>The path has one of the words at a place.</summary>
/// <param name="Field">A path.</param>
/// <param name="Place">Which place, from 1.</param>
/// <param name="Values">At least one; the empty text stands for "the path is shorter".</param>
public sealed record StepIs(Field Field, int Place, IReadOnlyList<string> Values) : Filter(Field)
{
    /// <summary>The last place that can be asked for.</summary>
    public const int PlaceMax = 9;
}

/// <summary>The field has a value within bounds. A missing value never matches.</summary>
/// <param name="Field">A number, time or money (minor units).</param>
/// <param name="Min">Smallest, included; null = no bound.</param>
/// <param name="Max">Greatest, included; null = no bound.</param>
public sealed record Between(Field Field, long? Min, long? Max) : Filter(Field);
