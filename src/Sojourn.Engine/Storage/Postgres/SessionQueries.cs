using System.Runtime.CompilerServices;
using Npgsql;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Answers a <see cref="SessionQuery"/>.</summary>
internal static class SessionQueries
{
    /// <summary>A page with its total and facets, all of one instant.</summary>
    public static async Task<SessionPage> PageAsync(
        Work work, QueryCompiler sql, SessionQuery query, CancellationToken cancel)
    {
        var progress = await Progress.ReadAsync(work, sql.Project, cancel);
        var total = (long?)await work.ScalarAsync(sql.Total, sql.Values, cancel) ?? 0;
        var rows = await work.ListAsync(sql.Page, sql.PageValues, sql.Table.Read, cancel);
        var items = rows.Take(sql.Limit).ToList();
        return new SessionPage
        {
            Total = total,
            Items = items,
            Facets = query.WithFacets ? await FacetsAsync(work, sql, query, cancel) : [],
            Next = rows.Count > sql.Limit ? sql.PositionOf(items[^1]) : null,
            AsOf = new AsOf(progress.Sequence, sql.NowUs),
        };
    }

    /// <summary>Every match in order, read while it is used.</summary>
    public static async IAsyncEnumerable<Session> AllAsync(
        Work work,
        QueryCompiler sql,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        // The reader sets the pace, so no time limit fits.
        await work.ExecuteAsync("set local statement_timeout = 0", cancel);
        await using var command = work.Command(sql.All, sql.Values);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return sql.Table.Read(reader);
    }

    /// <summary>Sessions counted by what they have in common.</summary>
    /// <exception cref="ArgumentException">A field is none to group by or no number.</exception>
    public static async Task<SessionGroups> GroupsAsync(
        Work work, QueryCompiler sql, GroupQuery query, CancellationToken cancel)
    {
        var ask = sql.Groups(query);
        var progress = await Progress.ReadAsync(work, sql.Project, cancel);
        var groups = await work.ListAsync(
            ask,
            sql.Values,
            row => new SessionGroup(
                row.GetInt32(0),
                [
                    .. query.By.Select((_, place) =>
                        (IReadOnlyList<string>)row.GetFieldValue<string[]>(2 + place)),
                ],
                row.GetInt64(1),
                [
                    .. query.Medians.Select((_, place) =>
                        row.LongOrNull(2 + query.By.Count + place)),
                ])
            {
                Sums =
                [
                    .. query.Sums.Select((_, place) => row.GetDecimal(
                        2 + query.By.Count + query.Medians.Count + place)),
                ],
            },
            cancel);
        return new SessionGroups(
            [.. groups.Take(GroupQuery.GroupsMax)],
            groups.Sum(group => group.Count),
            new AsOf(progress.Sequence, sql.NowUs));
    }

    // A field with a filter of its own needs a look of its own at the table.
    private static async Task<IReadOnlyList<Facet>> FacetsAsync(
        Work work, QueryCompiler sql, SessionQuery query, CancellationToken cancel)
    {
        var fields = (query.Counting ?? query.Lens.Counted).ToList();
        var together = fields
            .Where(field => field.Type != FieldType.Set && !sql.IsFiltered(field))
            .ToList();
        var counts = together.Count == 0 ? [] : await work.ListAsync(
            sql.Facets(together),
            sql.Values,
            row => (Field: together[row.GetInt32(0)], Count: CountOf(row, 1)),
            cancel);
        var byField = counts.ToLookup(row => row.Field, row => row.Count);
        var facets = new List<Facet>();
        foreach (var field in fields)
        {
            facets.Add(new Facet(field, together.Contains(field)
                ? [.. byField[field]]
                : await work.ListAsync(
                    sql.Facet(field), sql.Values, row => CountOf(row, 0), cancel)));
        }

        return facets;
    }

    private static KeyValuePair<string, long> CountOf(NpgsqlDataReader row, int at) =>
        new(row.GetString(at), row.GetInt64(at + 1));
}
