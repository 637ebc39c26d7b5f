using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Server.Paths;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Revenue;

/// <summary>Makes <see cref="RevenueReport"/>s from the very sessions its lists show.</summary>
internal sealed class RevenueReports(IStore store, QueryParser parser)
{
    private static readonly Lens Lens = CheckoutLens.Checkouts;

    private static readonly KeyValuePair<string, string>[] ByThemselves =
        [new(CommonFields.Status.Name, CheckoutStatus.Converted)];

    /// <summary>The report of a period.</summary>
    public async Task<RevenueReport> MakeAsync(
        Project project, RevenueQuestion question, CancellationToken cancel)
    {
        var orders = await OrdersAsync(project, question, question.Recovered, cancel);
        var own = await OrdersAsync(
            project, question, question.ListOf(new Figure(0, ByThemselves)), cancel);
        var first = FirstMonday(question.Period, [.. orders, .. own]);

        var agreed = Read(project,
            [new("status", CheckoutStatus.Recovered), new("archived", "true")]);
        var all = await store.QueryAsync(
            project.Id, agreed with { Limit = 1, WithFacets = false }, cancel);
        var withOrder = await store.QueryAsync(
            project.Id,
            agreed with
            {
                Limit = 1,
                WithFacets = false,
                Filters = [.. agreed.Filters, new Between(CheckoutFields.Ordered, 0, null)],
            },
            cancel);
        return new RevenueReport(
            question,
            Row("", orders, []),
            new Figure(all.Total - withOrder.Total, []),
            WeeksOf(question.Period, first, orders, []),
            WeeksOf(question.Period, first, own, ByThemselves),
            By(orders, order => order.Reason, CheckoutFields.Reason),
            By(orders, order => order.Channel, CheckoutFields.CreditedChannel),
            By(orders, order => order.Agent, CheckoutFields.CreditedAgent),
            By(orders, order => order.Credit, CheckoutFields.CreditedBy));
    }

    private async Task<List<Order>> OrdersAsync(
        Project project,
        RevenueQuestion question,
        IEnumerable<KeyValuePair<string, string>> list,
        CancellationToken cancel)
    {
        var orders = new List<Order>();
        await foreach (var session in store.ExportAsync(project.Id, Read(project, list), cancel))
            orders.Add(Order.Of(session, question.Period.Zone));
        return orders;
    }

    private SessionQuery Read(
        Project project, IEnumerable<KeyValuePair<string, string>> parameters) =>
        parser.TryReadSessions(
            [new("lens", Lens.Name), .. parameters], project.Settings.Currency,
            out var query, out var fault)
            ? query
            : throw new InvalidOperationException(fault.Title);

    private static List<RevenueRow> By(
        List<Order> orders, Func<Order, string?> name, Field field) =>
    [
        .. orders.GroupBy(order => name(order) ?? "")
            .Select(group => Row(group.Key, [.. group], [new(field.Name, group.Key)]))
            .OrderByDescending(row => row.Sums is [var first, ..] ? first.MinorUnits : 0)
            .ThenByDescending(row => row.Orders.Count)
            .ThenBy(row => row.Name, StringComparer.Ordinal),
    ];

    private static DateOnly FirstMonday(PathPeriod period, List<Order> orders)
    {
        var first = MondayOf(PathPeriod.DayOf(period.FromUs, period.Zone));
        return orders.Count > 0 && orders.Min(order => order.Monday) is var earliest
            && earliest > first ? earliest : first;
    }

    private static List<RevenueRow> WeeksOf(
        PathPeriod period,
        DateOnly first,
        List<Order> orders,
        IReadOnlyList<KeyValuePair<string, string>> filter)
    {
        var byWeek = orders.ToLookup(order => order.Monday);
        var rows = new List<RevenueRow>();
        var last = PathPeriod.DayOf(period.ToUs - 1, period.Zone);
        for (var monday = first; monday <= last; monday = monday.AddDays(7))
        {
            var fromUs = Math.Max(period.FromUs, PathPeriod.StartOf(monday, period.Zone));
            var toUs = Math.Min(
                period.ToUs, PathPeriod.StartOf(monday.AddDays(7), period.Zone));
            rows.Add(Row(
                monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                [.. byWeek[monday]],
                [
                    .. filter,
                    new(CheckoutFields.Ordered.Name + "_min", Micros.ToText(fromUs)),
                    new(CheckoutFields.Ordered.Name + "_max", Micros.ToText(toUs - 1)),
                ]));
        }

        return rows;
    }

    private static RevenueRow Row(
        string name, List<Order> orders, IReadOnlyList<KeyValuePair<string, string>> filter) =>
        new(
            name,
            new Figure(orders.Count, filter),
            [
                .. orders.Select(order => order.Amount).OfType<Money>()
                    .GroupBy(amount => amount.Currency)
                    .Select(group => group.Aggregate((sum, amount) => sum + amount))
                    .OrderByDescending(sum => sum.MinorUnits)
                    .ThenBy(sum => sum.Currency, StringComparer.Ordinal),
            ]);

    private static DateOnly MondayOf(DateOnly day) =>
        day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private sealed record Order(
        DateOnly Monday, Money? Amount, string? Reason, string? Channel, string? Agent,
        string? Credit)
    {
        public static Order Of(Session session, TimeZoneInfo zone) => new(
            MondayOf(PathPeriod.DayOf(
                CheckoutFields.Read<long>(session, CheckoutFields.Ordered), zone)),
            CheckoutFields.Read<Money?>(session, CheckoutFields.Revenue),
            CheckoutFields.Read<string>(session, CheckoutFields.Reason),
            CheckoutFields.Read<string>(session, CheckoutFields.CreditedChannel),
            CheckoutFields.Read<string>(session, CheckoutFields.CreditedAgent),
            CheckoutFields.Read<string>(session, CheckoutFields.CreditedBy));
    }
}
