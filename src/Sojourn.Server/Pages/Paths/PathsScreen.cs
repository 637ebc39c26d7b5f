using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Visits;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Paths;

namespace Sojourn.Server.Pages.Paths;

/// <summary>Everything the page of paths shows at one instant.</summary>
public sealed record PathsScreen
{
    /// <summary>The address it follows from.</summary>
    public required ListAddress Address { get; init; }

    /// <summary>The zone of its days.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The numbers; null when the question is wrong.</summary>
    public PathsReport? Report { get; init; }

    /// <summary>What is wrong with the question, or null.</summary>
    public string? Fault { get; init; }

    /// <summary>The list of exactly the sessions a figure counts.</summary>
    public string ListOf(PathsQuestion question, Figure figure) => new ListAddress(
        Address.Project,
        VisitLenses.Leads.Name,
        null,
        [
            .. question.Full(figure.Filter)
                .Where(one => one.Key != "lens")
                .Select(one => one.Key is "from" or "to"
                    ? KeyValuePair.Create(one.Key, DayOrInstant(one.Value))
                    : one),
        ]).ToString();

    // A day stays a day when the reader goes on to filter the list.
    private string DayOrInstant(string instant) => PathPeriod.TextOf(
        Micros.From(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)), Zone);
}
