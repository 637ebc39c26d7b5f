using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>A query as conditions on rows, and which facet each leaves out.</summary>
internal sealed class QueryPlan
{
    private readonly TableView _table;
    private readonly long _nowUs;

    public QueryPlan(TableView table, SessionQuery query, long nowUs)
    {
        _table = table;
        _nowUs = nowUs;
        Classes = new CodeSet(
            Enumerable.Range(0, RowClass.Count).Where(one => IsShown(one, query)));
        Facets = query.WithFacets ? [.. query.Counting ?? query.Lens.Counted] : [];
        Text = table.Layout.PredicateOf(query.Text);

        foreach (var filter in query.Filters)
        {
            var predicate = table.Layout.PredicateOf(filter, query.Lens, nowUs);
            var facet = Facets.FindIndex(one => one.Name == filter.Field.Name);
            if (facet < 0)
                Everywhere.Add(predicate);
            else
                Own.Add((predicate, facet));
        }
    }

    /// <summary>The classes of rows that the list shows.</summary>
    public CodeSet Classes { get; }

    /// <summary>The fields to count.</summary>
    public List<Field> Facets { get; }

    /// <summary>Filters that hold for rows and for all facets.</summary>
    public List<Predicate> Everywhere { get; } = [];

    /// <summary>
    /// Filters on counted fields, each with the facet that is counted without it.
    /// </summary>
    public List<(Predicate Filter, int Facet)> Own { get; } = [];

    /// <summary>The search, judged last because it is the slowest; null = none.</summary>
    public Predicate? Text { get; }

    /// <summary>True when the list is all rows of some classes.</summary>
    public bool IsUnfiltered => Everywhere.Count == 0 && Own.Count == 0 && Text is null;

    /// <summary>
    /// True when a facet is of all rows of some classes: no scan is needed for it.
    /// </summary>
    public bool IsUnfilteredFacet(int facet) =>
        Everywhere.Count == 0 && Text is null && Own.All(one => one.Facet == facet);

    /// <summary>A counter at zero for each facet.</summary>
    public FacetCounter[] NewCounters() => [.. Facets.Select(NewCounter)];

    private FacetCounter NewCounter(Field field) =>
        field.Name == CommonFields.Status.Name
            ? new StatusCounter(_table.Layout.Lifecycles, _nowUs)
            : _table.Layout.WordsOf(field) is { } words
                ? new WordCounter(words)
                : throw new ArgumentException($"{field.Name} has no values to count.");

    private static bool IsShown(int rowClass, SessionQuery query) =>
        (query.Archived || !RowClass.IsArchived(rowClass))
        && query.Suppressed switch
        {
            SuppressedView.Hide => !RowClass.IsSuppressed(rowClass),
            SuppressedView.Only => RowClass.IsSuppressed(rowClass),
            _ => true,
        };
}
