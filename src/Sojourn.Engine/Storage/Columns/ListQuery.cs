using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Columns;

/// <summary>Answers a query from the rows of a table.</summary>
internal static class ListQuery
{
    /// <summary>One page with total and facets.</summary>
    public static SessionPage Page(TableView table, SessionQuery query, AsOf asOf)
    {
        var plan = new QueryPlan(table, query, asOf.NowUs);
        using var matches = TableScan.Run(table, plan, out var counters);
        var sort = table.Layout.NumberOf(query.Sort, query.Lens);
        var finder = new PageFinder(table, matches, sort, query.Descending);

        // One more than the page has, to know whether there is another.
        var limit = Math.Clamp(query.Limit, 1, SessionQuery.LimitMax);
        var skip = query.After is null ? Math.Max(query.Offset, 0) : 0;
        var wanted = (int)Math.Min((long)skip + limit + 1, Array.MaxLength);
        var (keys, rows) = finder.Find(query.After, wanted);
        var count = Math.Clamp(rows.Length - skip, 0, limit);

        List<Session> items = [];
        for (var i = skip; i < skip + count; i++)
            items.Add(SessionOf(table, rows.Span[i]));

        return new SessionPage
        {
            Total = matches.Total,
            Items = items,
            Facets = TableScan.ToFacets(plan, counters),
            Next = rows.Length > skip + limit
                ? new RowPosition(finder.ValueOf(keys.Span[skip + limit - 1]), items[^1].Id)
                : null,
            AsOf = asOf,
        };
    }

    /// <summary>All matches in order; the table must be kept.</summary>
    public static IEnumerable<Session> All(TableView table, SessionQuery query, long nowUs)
    {
        var rows = Rows(table, query with { WithFacets = false }, nowUs);
        for (var i = 0; i < rows.Length; i++)
            yield return SessionOf(table, rows.Span[i]);
    }

    private static ReadOnlyMemory<int> Rows(TableView table, SessionQuery query, long nowUs)
    {
        var plan = new QueryPlan(table, query, nowUs);
        using var matches = TableScan.Run(table, plan, out _);
        var sort = table.Layout.NumberOf(query.Sort, query.Lens);
        return new PageFinder(table, matches, sort, query.Descending).Find(null, table.Count).Rows;
    }

    private static Session SessionOf(TableView table, int row) =>
        table.Layout.Read(table.Blocks[row / RowBlock.Rows], row % RowBlock.Rows);
}
