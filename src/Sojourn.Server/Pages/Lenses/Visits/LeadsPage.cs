using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Pages.Paths;

namespace Sojourn.Server.Pages.Lenses.Visits;

/// <summary>How the list of leads' journeys looks.</summary>
internal static class LeadsPage
{
    /// <summary>The page.</summary>
    public static LensPage Page { get; } = new()
    {
        Lens = VisitLenses.Leads,
        Title = "Lead sessions",
        ShortTitle = "Leads",
        Icon = "intent",
        Keys = "g l",
        SearchHint = "Lead: name, e-mail or id",
        Needs = "Lead sessions come from the tracker on a site and from a mail service.",
        Order = "-started",
        TableClass = "leads-table",
        Cell = typeof(LeadsCell),
        Overview = typeof(LeadsOverview),
        OtherViews = [new(PathsPages.Path, "Paths", "paths")],
        Telling = new("Visit", "Visits", typeof(VisitTelling)),
        NameOf = row => row.Session.Name ?? row.Session.Email ?? row.Session.PersonId,
        Columns =
        [
            new("lead", "Lead", "c-lead") { Always = true },
            new("start", "Start Time", "c-start") { Sort = "-started" },
            new("duration", "Duration", "c-duration") { Sort = "-duration", Number = true },
            new("events", "Event Count", "c-events") { Sort = "-events", Number = true },
            new("intent", "Intent", "c-intent"),
            new("entry", "Entry Point", "c-entry"),
            new("exit", "Exit Point", "c-exit"),
            new("points", "Total Points", "c-points") { Sort = "-points", Number = true },
            new("source", "Source", "c-source"),
            new("status", "Status", "c-lstatus"),
            new("level", "Level", "c-level") { Shown = false, Sort = "-score" },
            new("path", "Journey", "c-path") { Shown = false },
            new("goal", "Conversion", "c-goal") { Shown = false },
            new("id", "Session ID", "c-id") { Shown = false },
            new("country", "Country", "c-country") { Shown = false },
            new("device", "Device", "c-device") { Shown = false, Untitled = true },
        ],
        ColumnSets =
        [
            new("Journey", ["lead", "start", "duration", "events", "entry", "exit", "points"]),
            new("Table", ["id", "lead", "start", "duration", "events", "source", "status"]),
        ],
        Filters =
        [
            new PeriodFilter("Date"),
            new RangeFilter("duration", "Duration", "Minutes, or for example 1h30m")
            { Suffix = "m" },
            new RangeFilter("events", "Event Count", ""),
            new ValueFilter(CommonFields.Entry, "Entry Point") { OfEvents = true },
            new ValueFilter(CommonFields.Exit, "Exit Point") { OfEvents = true },
            new NameFilter(CommonFields.Contains, "Contains"),
            new ValueFilter(VisitKind.Intent, "Intent")
            {
                Words = VisitWords.Intents, Icons = VisitWords.IntentIcons,
            },
            new ValueFilter(VisitKind.Channel, "Channel") { Words = VisitWords.Channels },
            new ValueFilter(CommonFields.Source, "Source"),
            new ValueFilter(VisitKind.Goal, "Conversion") { Words = VisitWords.Goals },
            new RangeFilter("points", "Total Points", ""),
            new ValueFilter(VisitKind.Level, "Level") { Words = VisitWords.Levels },
            new ValueFilter(CommonFields.Status, "Status") { OfStatuses = true },
        ],
        Statuses = VisitWords.Statuses,
    };
}
