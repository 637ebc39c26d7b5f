using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage.Columns;

namespace Sojourn.Tests.Storage.Columns;

/// <summary>What a query means, word by word and slowly: the reference for every store.</summary>
internal static class NaiveList
{
    public static SessionPage Page(IEnumerable<Session> sessions, SessionQuery query, AsOf asOf)
    {
        var all = sessions.ToList();
        var matches = Sorted(all.Where(one => Matches(one, query, asOf.NowUs)), query);
        var rest = query.After is { } after
            ? matches.SkipWhile(one => !IsAfter(one, after, query)).ToList()
            : matches.Skip(query.Offset).ToList();
        var items = rest.Take(query.Limit).ToList();
        return new SessionPage
        {
            Total = matches.Count,
            Items = items,
            Facets = query.WithFacets
                ? [.. query.Lens.Counted.Select(field => Facet(all, field, query, asOf.NowUs))]
                : [],
            Next = rest.Count > items.Count
                ? new RowPosition(Number(items[^1], query.Sort, query.Lens), items[^1].Id)
                : null,
            AsOf = asOf,
        };
    }

    public static List<Session> Sorted(IEnumerable<Session> sessions, SessionQuery query)
    {
        var byMissing = sessions.OrderBy(one => Number(one, query.Sort, query.Lens) is null);
        var byValue = query.Descending
            ? byMissing.ThenByDescending(one => Number(one, query.Sort, query.Lens))
            : byMissing.ThenBy(one => Number(one, query.Sort, query.Lens));
        return [.. byValue.ThenBy(one => one.Id, SessionIdOrder.Ascending)];
    }

    public static bool Matches(Session one, SessionQuery query, long nowUs, Field? except = null) =>
        (query.Archived || !one.Archived)
        && query.Suppressed switch
        {
            SuppressedView.Hide => one.SuppressedBy is null,
            SuppressedView.Only => one.SuppressedBy is not null,
            _ => true,
        }
        && query.Filters.All(filter => filter.Field == except || Holds(one, filter, query, nowUs))
        && (FoldedText.Of(query.Text ?? "") is var needle)
        && (needle.Length == 0 || Texts(one).Any(text => FoldedText.Of(text).Contains(needle)));

    private static bool Holds(Session one, Filter filter, SessionQuery query, long nowUs) =>
        filter switch
        {
            Between between => Number(one, filter.Field, query.Lens) is { } number
                && number >= (between.Min ?? long.MinValue)
                && number <= (between.Max ?? long.MaxValue),
            AnyOf any when filter.Field == CommonFields.Person =>
                new[] { one.PersonId, one.AnonymousId, one.UserId }
                    .Any(id => id is not null && any.Values.Contains(id)),
            AnyOf any when filter.Field.Type == FieldType.Set =>
                Value(one, filter.Field, query.Lens, nowUs) is IReadOnlyList<string> set
                && (any.Values.Any(set.Contains) || (set.Count == 0 && any.Values.Contains(""))),
            AnyOf any => any.Values.Contains(
                (string?)Value(one, filter.Field, query.Lens, nowUs) ?? ""),
            _ => false,
        };

    private static bool IsAfter(Session one, RowPosition position, SessionQuery query)
    {
        var (x, y) = (Number(one, query.Sort, query.Lens), position.Value);
        if (x == y)
            return SessionIdOrder.Ascending.Compare(one.Id, position.Id) > 0;
        return x is null || (y is not null && (query.Descending ? x < y : x > y));
    }

    private static Facet Facet(List<Session> all, Field field, SessionQuery query, long nowUs)
    {
        var values = all
            .Where(one => Matches(one, query, nowUs, except: field))
            .SelectMany(one => Value(one, field, query.Lens, nowUs) switch
            {
                IReadOnlyList<string> set => set,
                var word => [(string?)word ?? ""],
            });
        return new Facet(
            field,
            [
                .. values.GroupBy(value => value)
                    .Select(group => KeyValuePair.Create(group.Key, (long)group.Count()))
                    .OrderByDescending(one => one.Value)
                    .ThenBy(one => one.Key, StringComparer.Ordinal)
                    .Take(SessionPage.FacetValuesMax),
            ]);
    }

    private static IEnumerable<string> Texts(Session one)
    {
        string?[] common = [one.PersonId, one.AnonymousId, one.UserId, one.Email, one.Name];
        var own = ParcelKind.Instance.Fields.Zip(one.Values)
            .Where(pair => pair.First.Searched)
            .Select(pair => (string?)pair.Second);
        return common.Concat(own).OfType<string>();
    }

    private static long? Number(Session one, Field field, Lens lens) =>
        Value(one, field, lens, 0) switch
        {
            long number => number,
            int number => number,
            Money money => money.MinorUnits,
            _ => null,
        };

    private static object? Value(Session one, Field field, Lens lens, long nowUs) =>
        field.Name switch
        {
            "started" => one.StartedUs,
            "last_event" => one.LastEventUs,
            "duration" => one.DurationUs,
            "events" when lens.EventCount == CommonFields.Events => one.Events,
            "events" => Value(one, lens.EventCount, lens, nowUs),
            "entry" => one.Entry,
            "exit" => one.Exit,
            "status" => one.Lifecycle.StatusAt(nowUs),
            "device" => one.Device,
            "country" => one.Country,
            "source" => one.Source,
            "contains" => one.EventNames,
            "email" => one.Email,
            "name" => one.Name,
            _ => one.Values[ParcelKind.Instance.Fields.Index().First(x => x.Item == field).Index],
        };
}
