using Sojourn.Events;
using Sojourn.Server.Paths;

namespace Sojourn.Server.Revenue;

/// <summary>Orders that staff won back, and the money they brought.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Total">All of them.</param>
/// <param name="Agreed">Recovered by hand, with no order to prove it yet: no money.</param>
/// <param name="Weeks">By week of the order, from the first that has one, without gaps.</param>
/// <param name="OwnWeeks">
/// The same weeks with the orders that came by themselves: confirmed, and nobody is credited.
/// </param>
/// <param name="Reasons">By why they had left, the most money first.</param>
/// <param name="Channels">By how they were reached.</param>
/// <param name="Agents">By who is credited.</param>
/// <param name="Credits">By what credits them.</param>
public sealed record RevenueReport(
    RevenueQuestion Question,
    RevenueRow Total,
    Figure Agreed,
    IReadOnlyList<RevenueRow> Weeks,
    IReadOnlyList<RevenueRow> OwnWeeks,
    IReadOnlyList<RevenueRow> Reasons,
    IReadOnlyList<RevenueRow> Channels,
    IReadOnlyList<RevenueRow> Agents,
    IReadOnlyList<RevenueRow> Credits);

/// <summary>Orders that have something in common.</summary>
/// <param name="Name">What; for weeks, its Monday: 2026-11-16. Empty = not known.</param>
/// <param name="Orders">How many, with the list that has just them.</param>
/// <param name="Sums">Their money, one amount for each currency; never added up.</param>
public sealed record RevenueRow(string Name, Figure Orders, IReadOnlyList<Money> Sums);
