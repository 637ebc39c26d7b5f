using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>What an answer holds for.</summary>
/// <param name="Sequence">The last commit seen, counted from 1; 0 = nothing stored yet.</param>
/// <param name="NowUs">The instant statuses were judged at, microseconds UTC.</param>
public readonly record struct AsOf(long Sequence, long NowUs);

/// <summary>The answer to a <see cref="SessionQuery"/>.</summary>
public sealed record SessionPage
{
    /// <summary>Sessions that match, on all pages together.</summary>
    public required long Total { get; init; }

    /// <summary>This page's rows, in the order asked for.</summary>
    public required IReadOnlyList<Session> Items { get; init; }

    /// <summary>
    /// For each counted field: its values with counts, most frequent first, then by text. A
    /// field is counted under all filters but its own. Unknown is the empty text. Cut to the
    /// <see cref="FacetValuesMax"/> most frequent.
    /// </summary>
    public required IReadOnlyList<Facet> Facets { get; init; }

    /// <summary>Where the next page begins, or null when this is the last.</summary>
    public required RowPosition? Next { get; init; }

    /// <summary>What the answer holds for.</summary>
    public required AsOf AsOf { get; init; }

    /// <summary>Most values a facet lists.</summary>
    public const int FacetValuesMax = 200;
}

/// <summary>Counts of one field's values.</summary>
/// <param name="Field">The field.</param>
/// <param name="Counts">Value and count, most frequent first, then by text (ordinal).</param>
public sealed record Facet(Field Field, IReadOnlyList<KeyValuePair<string, long>> Counts);
