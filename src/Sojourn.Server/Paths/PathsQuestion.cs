using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Server.Pages;

namespace Sojourn.Server.Paths;

/// <summary>What is asked about conversion paths.</summary>
public sealed record PathsQuestion
{
    /// <summary>The parameter that names what counts as converted, repeated for or.</summary>
    public const string Goal = "goal";

    /// <summary>The parameter that says how many columns the picture of flows has.</summary>
    public const string ColumnsName = "columns";

    /// <summary>Started on one of the last days, today included: <c>30d</c>.</summary>
    public const string Within = "within";

    /// <summary>Most columns: all steps a path can have, and the outcome.</summary>
    public const int ColumnsMax = Visit.PathMax + 1;

    /// <summary>Fewest columns.</summary>
    public const int ColumnsMin = 3;

    /// <summary>Columns when nobody says.</summary>
    public const int ColumnsDefault = 4;

    /// <summary>Days when nobody says.</summary>
    public const int DaysDefault = 90;

    /// <summary>Longest period, in days: three years with a leap day.</summary>
    public const int DaysMax = 3 * 365 + 1;

    /// <summary>The lengths of <see cref="Within"/>, in days.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [7, 30, 90];

    private static readonly QueryFault Reversed =
        new("to", "The period ends before it begins.", "Swap from and to.");

    // What the lists call them; each may be left out of the whole question or put into it.
    private static readonly string[] Kept =
    [
        CommonFields.Entry.Name, VisitKind.Channel.Name, CommonFields.Source.Name,
        CommonFields.Device.Name, CommonFields.Country.Name, "suppressed", "archived",
    ];

    /// <summary>The parameters there are, and their meaning.</summary>
    public static IReadOnlyList<(string Name, string Text)> Parameters { get; } =
    [
        (Within, $"The last days, today included: {LengthsText}; {DaysDefault}d when not told."),
        ("from", "Started at or after: a day of the project's zone, or RFC 3339."),
        ("to", "Started before: a day of the project's zone, or RFC 3339."),
        (Goal, "What counts as converted; repeat it for or; any conversion when not told."),
        (ColumnsName, $"{ColumnsMin} to {ColumnsMax} columns of flows, the outcome included."),
        .. Kept.Select(name => (name, "As in the list of sessions.")),
    ];

    /// <summary>When the sessions started.</summary>
    public required PathPeriod Period { get; init; }

    /// <summary>What counts as converted; empty = any conversion.</summary>
    public required IReadOnlyList<string> Goals { get; init; }

    /// <summary>Columns of the picture of flows.</summary>
    public required int Columns { get; init; }

    /// <summary>The filters of the whole question, period not included.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Filters { get; init; }

    /// <summary>The filter of those that converted.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Converted => Goals.Count == 0
        ? [new(CommonFields.Status.Name, VisitStatus.Converted)]
        : [.. Goals.Select(goal => KeyValuePair.Create(VisitKind.Goal.Name, goal))];

    private static string LengthsText => string.Join(", ", Lengths.Select(days => $"{days}d"));

    /// <summary>Reads it; bad input is an ordinary answer.</summary>
    public static bool TryRead(
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        QueryParser parser,
        ProjectSettings settings,
        long nowUs,
        [NotNullWhen(true)] out PathsQuestion? question,
        [NotNullWhen(false)] out QueryFault? fault)
    {
        question = null;
        var columns = ColumnsDefault;
        var unknown = parameters.FirstOrDefault(one =>
            !Parameters.Any(known => known.Name == one.Key)).Key;
        if (unknown is not null)
        {
            fault = new(unknown, "There is no such parameter here.",
                $"Use {string.Join(", ", Parameters.Select(one => one.Name))}.");
            return false;
        }

        fault = FaultOfOnce(parameters) ?? FaultOfColumns(parameters, out columns);
        if (fault is not null)
            return false;

        var zone = ProjectZone.Of(settings);
        var asked = new PathsQuestion
        {
            Period = PathPeriod.Days(DaysDefault, nowUs, zone),
            Goals = [.. ValuesOf(parameters, Goal).Where(one => one.Length > 0).Distinct()],
            Columns = columns,
            Filters = [.. parameters.Where(one => Kept.Contains(one.Key))],
        };
        (question, fault) = asked.With(parameters, parser, settings, nowUs);
        return question is not null;
    }

    /// <summary>The question of a list, its name included, that a figure counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Full(
        IReadOnlyList<KeyValuePair<string, string>> own)
    {
        List<KeyValuePair<string, string>> whole =
        [
            new("lens", VisitLenses.Leads.Name),
            new("from", Micros.ToText(Period.FromUs)),
            new("to", Micros.ToText(Period.ToUs)),
            .. Filters,
        ];
        return [.. whole.Where(one => !own.Any(other => other.Key == one.Key)), .. own];
    }

    /// <summary>The filter of a period.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Started(long fromUs, long toUs) =>
        [new("from", Micros.ToText(fromUs)), new("to", Micros.ToText(toUs))];

    private static QueryFault? FaultOfOnce(IReadOnlyList<KeyValuePair<string, string>> all)
    {
        var twice = new[] { Within, "from", "to", ColumnsName }
            .FirstOrDefault(name => ValuesOf(all, name).Skip(1).Any());
        return twice is null ? null : new(twice, "The parameter is given twice.", "Give it once.");
    }

    private static QueryFault? FaultOfColumns(
        IReadOnlyList<KeyValuePair<string, string>> all, out int columns)
    {
        columns = ColumnsDefault;
        var text = ValuesOf(all, ColumnsName).FirstOrDefault();
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out columns)
                && columns is >= ColumnsMin and <= ColumnsMax)
            ? null
            : new(ColumnsName, "There cannot be so many columns.",
                $"Use {ColumnsMin} to {ColumnsMax}.");
    }

    // The lists' own reader judges everything that lists have too.
    private (PathsQuestion?, QueryFault?) With(
        IReadOnlyList<KeyValuePair<string, string>> all,
        QueryParser parser,
        ProjectSettings settings,
        long nowUs)
    {
        var within = ValuesOf(all, Within).FirstOrDefault();
        var days = Lengths.FirstOrDefault(one => within is null || within == $"{one}d");
        if (days == 0)
            return (null, new(Within, "There is no such period.", $"Use one of {LengthsText}."));

        List<KeyValuePair<string, string>> asked =
        [
            new("lens", VisitLenses.Leads.Name),
            .. Filters,
            .. Converted,
            .. from one in all
               where within is null && (one.Key is "from" or "to")
               select KeyValuePair.Create(one.Key, DayText.InFull(one.Value, Period.Zone)),
        ];
        if (!parser.TryReadSessions(asked, settings.Currency, out var query, out var fault))
            return (null, fault.Field == CommonFields.Started.Name ? Reversed : fault);

        var period = within is null
            ? PeriodOf(query, nowUs)
            : PathPeriod.Days(days, nowUs, Period.Zone);
        return period.ToUs <= period.FromUs
            ? (null, Reversed)
            : period.ToUs - period.FromUs > Micros.From(TimeSpan.FromDays(DaysMax + 1))
                ? (null, new("from", "The period is too long.", $"Use up to {DaysMax} days."))
                : (this with { Period = period }, null);
    }

    // Without a start it is as long as usual; without an end it reaches to the end of today.
    private PathPeriod PeriodOf(SessionQuery query, long nowUs)
    {
        var bounds = query.Filters.OfType<Between>()
            .FirstOrDefault(one => one.Field == CommonFields.Started);
        var usual = PathPeriod.Days(DaysDefault, (bounds?.Max ?? nowUs), Period.Zone);
        var toUs = bounds?.Max + 1 ?? usual.ToUs;
        return new(bounds?.Min ?? usual.FromUs, toUs, Period.Zone);
    }

    private static IEnumerable<string> ValuesOf(
        IReadOnlyList<KeyValuePair<string, string>> all, string name) =>
        all.Where(one => one.Key == name).Select(one => one.Value);
}
