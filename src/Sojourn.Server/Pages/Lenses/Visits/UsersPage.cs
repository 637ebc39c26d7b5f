using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Lenses.Visits;

/// <summary>How the list of what product users did looks.</summary>
internal static class UsersPage
{
    /// <summary>The page.</summary>
    public static LensPage Page { get; } = new()
    {
        Lens = VisitLenses.Users,
        Title = "User sessions",
        ShortTitle = "Users",
        Icon = "user",
        Keys = "g u",
        SearchHint = "User ID, name or e-mail",
        Needs = "User sessions come from identify after sign-in, and track for business events.",
        Order = "-started",
        TableClass = "users-table",
        Cell = typeof(UsersCell),
        Overview = typeof(UsersOverview),
        NameOf = row => row.Session.Name ?? row.Session.PersonId,
        Columns =
        [
            new("user", "User ID", "c-user") { Always = true },
            new("path", "First and last event", "c-title"),
            new("duration", "Duration", "c-duration") { Sort = "-duration", Number = true },
            new("events", "Events", "c-events") { Sort = "-events", Number = true },
            new("status", "Status", "c-lstatus"),
            new("device", "Device", "c-device") { Untitled = true },
            new("country", "Country", "c-country"),
            new("source", "Source", "c-source") { Shown = false },
            new("last", "Last event", "c-when")
            { Sort = "-last_event", Number = true, Shown = false },
            new("started", "Started", "c-started") { Sort = "-started", Number = true },
        ],
        Filters =
        [
            new PeriodFilter("Started"),
            new RangeFilter("duration", "Duration", "Minutes, or for example 1h30m")
            { Suffix = "m" },
            new RangeFilter("events", "Events", "Business events"),
            new ValueFilter(CommonFields.Status, "Status") { OfStatuses = true },
            new ValueFilter(CommonFields.Device, "Device")
            { Words = Devices.Words, Icons = Devices.Icons },
            new ValueFilter(CommonFields.Country, "Country") { OfCountries = true },
        ],
        Statuses = VisitWords.Statuses,
    };
}
