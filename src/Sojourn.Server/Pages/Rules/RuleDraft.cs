using System.Globalization;
using System.Text.RegularExpressions;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits.Leads;

namespace Sojourn.Server.Pages.Rules;

/// <summary>A scoring rule as somebody types it: nothing of it has been checked.</summary>
public sealed partial record RuleDraft
{
    private const string DateForm = "yyyy-MM-dd";

    /// <summary>The id of the rule that is changed; empty = a new one.</summary>
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Which events.</summary>
    public ConditionForm When { get; init; } = ConditionForm.Empty;

    public string Points { get; init; } = "";

    public string Dedupe { get; init; } = "always";

    public string WithinHours { get; init; } = "";

    public string Cap { get; init; } = "";

    /// <summary>First day on which it holds, in the project's zone.</summary>
    public string From { get; init; } = "";

    /// <summary>Last day on which it holds, in the project's zone.</summary>
    public string To { get; init; } = "";

    public bool Enabled { get; init; } = true;

    /// <summary>A rule as it would be typed.</summary>
    public static RuleDraft Of(ScoringRule rule, TimeZoneInfo zone) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        When = ConditionForm.Of(rule.When),
        Points = rule.Points.ToString(CultureInfo.InvariantCulture),
        Dedupe = RuleWords.Of(rule.Dedupe),
        WithinHours = rule.WithinHours?.ToString(CultureInfo.InvariantCulture) ?? "",
        Cap = rule.Cap?.ToString(CultureInfo.InvariantCulture) ?? "",
        From = rule.From is { } from ? DayOf(from, zone) : "",
        To = rule.To is { } to ? DayOf(to.AddTicks(-1), zone) : "",
        Enabled = rule.Enabled,
    };

    /// <summary>What a form says.</summary>
    public static RuleDraft Of(IFormCollection form) => new()
    {
        Id = form["id"].ToString(),
        Name = form["name"].ToString().Trim(),
        When = ConditionForm.Of(form),
        Points = form["points"].ToString().Trim(),
        Dedupe = form["dedupe"].ToString(),
        WithinHours = form["within_hours"].ToString().Trim(),
        Cap = form["cap"].ToString().Trim(),
        From = form["from"].ToString(),
        To = form["to"].ToString(),
        Enabled = form.ContainsKey("enabled"),
    };

    /// <summary>The set with this rule in it, or what is wrong with what was typed.</summary>
    public (ScoringSet? Set, RuleFault? Fault) In(ScoringSet set, TimeZoneInfo zone)
    {
        var place = set.Rules.ToList().FindIndex(one => one.Id == Id);
        var field = $"rules[{(place < 0 ? set.Rules.Count : place)}]";
        if (!TryWhole(Points, out var points) || points is null)
        {
            return (null, new(RuleFault.PointsNotWhole, field + ".points",
                "Points are no whole number.", "Use a whole number such as 10 or -20."));
        }

        if (!TryWhole(WithinHours, out var hours) || !TryWhole(Cap, out var cap)
            || !TryDay(From, zone, 0, out var from) || !TryDay(To, zone, 1, out var to)
            || RuleWords.Find<Repetition>(Dedupe) is not { } dedupe
            || When.ToCondition() is not { } when)
        {
            return (null, new(RuleFault.Invalid, field,
                "A number, a day or a choice is not understood.",
                "Use whole numbers and days of the calendar."));
        }

        var rule = new ScoringRule
        {
            Id = place < 0 ? NewId(set) : Id,
            Name = Name,
            When = when,
            Points = points.Value,
            Dedupe = dedupe,
            WithinHours = hours,
            Cap = cap,
            From = from,
            To = to,
            Enabled = Enabled,
        };
        var rules = set.Rules.ToList();
        if (place < 0)
            rules.Add(rule);
        else
            rules[place] = rule;
        return (set with { Rules = rules }, null);
    }

    private string NewId(ScoringSet set)
    {
        var id = NoLetter().Replace(Name.ToLowerInvariant(), "_").Trim('_');
        id = id.Length == 0 ? "rule" : id[..Math.Min(id.Length, 30)];
        var number = 1;
        var free = id;
        while (set.Rules.Any(one => one.Id == free))
            free = string.Create(CultureInfo.InvariantCulture, $"{id}_{++number}");
        return free;
    }

    private static bool TryWhole(string text, out int? number)
    {
        number = null;
        if (text.Length == 0)
            return true;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var known))
        {
            return false;
        }

        number = known;
        return true;
    }

    private static bool TryDay(
        string text, TimeZoneInfo zone, int daysLater, out DateTimeOffset? at)
    {
        at = null;
        if (text.Length == 0)
            return true;
        if (!DateTime.TryParseExact(
            text, DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        var local = day.AddDays(daysLater);
        at = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return true;
    }

    private static string DayOf(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(DateForm, CultureInfo.InvariantCulture);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetter();
}
