using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Lists;

/// <summary>What an address asks, and what of it was not understood.</summary>
/// <param name="Query">The question.</param>
/// <param name="Parameters">The question as the API would be asked.</param>
/// <param name="Faults">What was left out of it, and why; empty when all is well.</param>
public sealed record ListQuestion(
    SessionQuery Query,
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    IReadOnlyList<QueryFault> Faults)
{
    /// <summary>
    /// Reads an address. What is not understood is left out and named, so that a page is shown
    /// in any case.
    /// </summary>
    public static ListQuestion Read(
        ListAddress address, LensPage page, QueryParser parser, Project project,
        TimeZoneInfo zone, long nowUs)
    {
        var faults = new List<QueryFault>();
        var parameters = address.Question
            .Select(one => new KeyValuePair<string, string>(
                one.Key, InFull(page, one.Key, one.Value, zone)))
            .ToList();
        if (!parameters.Exists(one => one.Key == "sort"))
            parameters.Add(new("sort", page.Order));
        AddPeriod(address, parameters, faults, nowUs);
        while (true)
        {
            List<KeyValuePair<string, string>> asked =
                [.. parameters, new("lens", page.Lens.Name)];
            if (parser.TryReadSessions(
                    asked, project.Settings.Currency, out var query, out var fault))
            {
                return new(query, parameters, faults);
            }

            faults.Add(fault);
            if (parameters.RemoveAll(one => IsMeant(one.Key, fault.Field)) == 0)
                parameters.Clear();
        }
    }

    // People write days and minutes; questions want instants and lengths.
    private static string InFull(LensPage page, string name, string text, TimeZoneInfo zone)
    {
        if (name is "from" or "to")
            return DayText.InFull(text, zone);

        var range = page.Filters.OfType<RangeFilter>().FirstOrDefault(one =>
            one.Suffix.Length > 0 && name is [.. var field, '_', 'm', _, _] && field == one.Field);
        return range is not null && text.All(char.IsAsciiDigit) ? text + range.Suffix : text;
    }

    // Bounds are named by their field when they contradict each other.
    private static bool IsMeant(string name, string field) =>
        name == field || name == field + "_min" || name == field + "_max"
        || (field == CommonFields.Started.Name && name is "from" or "to");

    private static void AddPeriod(
        ListAddress address,
        List<KeyValuePair<string, string>> parameters,
        List<QueryFault> faults,
        long nowUs)
    {
        if (address.Value(ListAddress.Within) is not { } within)
            return;

        var length = PeriodFilter.Lengths.FirstOrDefault(one => one.Value == within).Length;
        if (length == TimeSpan.Zero)
        {
            faults.Add(new(ListAddress.Within, "There is no such period.",
                $"Use one of {string.Join(", ", PeriodFilter.Lengths.Select(one => one.Value))}."));
            return;
        }

        parameters.RemoveAll(one => one.Key is "from" or "to");
        parameters.Add(new("from", Micros.ToText(nowUs - Micros.From(length))));
    }
}
