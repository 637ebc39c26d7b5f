using System.Globalization;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Server.Pages.Paths;
using Sojourn.Server.Revenue;

namespace Sojourn.Server.Pages.Revenue;

/// <summary>Money by week in one currency, as the script draws it.</summary>
internal static class RevenueChart
{
    /// <summary>The currencies that orders of a report were in, the most money first.</summary>
    public static IReadOnlyList<string> CurrenciesOf(RevenueReport report) =>
    [
        .. report.Weeks.Concat(report.OwnWeeks)
            .SelectMany(week => week.Sums)
            .GroupBy(sum => sum.Currency)
            .OrderByDescending(sums => sums.Sum(sum => (decimal)sum.MinorUnits))
            .Select(sums => sums.Key),
    ];

    /// <summary>What the script is told.</summary>
    /// <param name="report">The numbers.</param>
    /// <param name="currency">Of which currency.</param>
    /// <param name="here">The language and project of the page.</param>
    public static string Of(RevenueReport report, string currency, PageContext here) =>
        ChartData.Written(json =>
        {
            json.WriteString("kind"u8, "money");
            json.WriteString(
                "label"u8, here.Language.Format("Money by week, {0}", currency));
            json.WriteStartArray("days"u8);
            foreach (var week in report.Weeks)
                json.WriteStringValue(DayOf(week, here));
            json.WriteEndArray();
            json.WriteStartArray("bars"u8);
            Write(json, here.Language["Recovered"], report, report.Weeks, currency, here);
            Write(json, here.Language["On their own"], report, report.OwnWeeks, currency, here);
            json.WriteEndArray();
        });

    private static void Write(
        Utf8JsonWriter json, string name, RevenueReport report,
        IReadOnlyList<RevenueRow> weeks, string currency, PageContext here)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteStartArray("weeks"u8);
        foreach (var week in weeks)
        {
            // A week without an order in this currency brought nothing.
            var sum = week.Sums.FirstOrDefault(
                one => one.Currency == currency, new Money(0, currency));
            json.WriteStartObject();
            json.WriteString("day"u8, here.Language.Format("Week of {0}", DayOf(week, here)));
            json.WriteNumber(
                "value"u8, decimal.Parse(sum.Amount, CultureInfo.InvariantCulture));
            json.WriteString("text"u8, $"{name}: {Show.Amount(sum)} {currency}");
            json.WriteString(
                "href"u8, RevenueBlock.ListOf(here.Project.Id, report, week));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string DayOf(RevenueRow week, PageContext here)
    {
        var monday = DateTime.ParseExact(week.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var day = Show.Day(new DateTimeOffset(monday, TimeSpan.Zero), here.Language);
        return day[..day.LastIndexOf(' ')];
    }
}
