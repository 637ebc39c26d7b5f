using System.Text.Json;
using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Sessions;
using Xunit;
using static Sojourn.Tests.Leads.LeadVisits;

namespace Sojourn.Tests.Leads;

/// <summary>How events give points: see docs/guide/scoring.md.</summary>
public sealed class ScoringTests
{
    private const double Day = 24 * 60;

    [Fact]
    public void An_event_gives_the_points_of_every_rule_it_meets()
    {
        var pricing = Page("/pricing", 0);

        var visit = One(
            Rules(Rule("any", 1, when: """{"events":["page_view"]}"""), Rule("price", 10)),
            pricing, Page("/", 1));

        Assert.Equal(12, visit.Points);
        Assert.Equal(
            [("any", pricing.Id, 1L), ("price", pricing.Id, 10L)],
            visit.Awards.Take(2).Select(one => (one.Rule, one.Event, one.Points)));
    }

    [Fact]
    public void Points_an_event_carries_count_besides_rules()
    {
        var told = Some.Event("webinar", 0, properties: """{"points":25}""");

        var visit = One(told);

        Assert.Equal(25, visit.Points);
        Assert.Equal("told", visit.Awards.Single().Rule);
    }

    [Fact]
    public void Points_below_zero_take_away() => Assert.Equal(
        -20,
        One(
            Rules(Rule("out", -20, when: """{"events":["unsubscribe"]}""")),
            Some.Event("email_open"), Some.Event("unsubscribe", 1)).Points);

    [Fact]
    public void Once_per_lead_counts_over_all_visits()
    {
        var visits = Of(
            Rules(Rule("price", 10, more: ""","dedupe":"once_per_lead" """)),
            Page("/pricing", 0), Page("/pricing", 1), Page("/pricing", Day));

        Assert.Equal([10L, 0L], visits.Select(one => DetailOf(one).Points));
        Assert.Equal("once_per_lead", DetailOf(visits[1]).Awards.Single().Withheld);
    }

    [Fact]
    public void Once_within_hours_counts_from_the_last_award()
    {
        var visits = Of(
            Rules(Rule("price", 10, more: ""","dedupe":"once_within","within_hours":24""")),
            Page("/pricing", 0), Page("/pricing", Day - 1), Page("/pricing", Day));

        Assert.Equal(20, visits.Sum(one => DetailOf(one).Points));
    }

    [Fact]
    public void A_cap_is_the_most_one_lead_gets()
    {
        var visits = Of(
            Rules(Rule("price", 10, more: ""","cap":25""")),
            Enumerable.Range(0, 5).Select(day => Page("/pricing", day * Day)));

        Assert.Equal([10L, 10, 5, 0, 0], visits.Select(one => DetailOf(one).Points));
    }

    [Fact]
    public void Another_lead_begins_anew() => Assert.Equal(
        20,
        Of(
            Rules(Rule("price", 10, more: ""","dedupe":"once_per_lead" """)),
            Page("/pricing", 0), Page("/pricing", 1, "bob"))
            .Sum(one => DetailOf(one).Points));

    [Fact]
    public void A_rule_holds_from_its_start_to_just_before_its_end()
    {
        var rules = Rules(Rule("price", 10, more:
            ""","from":"2026-03-02T10:01:00Z","to":"2026-03-02T10:03:00Z" """));

        var visit = One(rules, Enumerable.Range(0, 5).Select(minute => Page("/pricing", minute)));

        Assert.Equal(20, visit.Points);
    }

    [Fact]
    public void The_score_halves_in_its_half_life_and_points_do_not()
    {
        var visits = Of(
            With(ScoringSet.Name, Text(""","half_life_days":30""", Rule("price", 40))),
            Page("/pricing", 0), Page("/", 30 * Day));

        Assert.Equal(20, DetailOf(visits[1]).Lead!.Score);
        Assert.Equal([40L, 0L], visits.Select(one => DetailOf(one).Points));
    }

    [Fact]
    public void A_level_names_the_score_after_the_visit()
    {
        var visits = Of(
            Rules(Rule("price", 30)),
            Page("/", 0), Page("/pricing", Day), Page("/pricing", 2 * Day),
            Page("/pricing", 3 * Day));

        Assert.Equal(
            ["cold", "warm", "hot", "very_hot"],
            visits.Select(one => Value(one, VisitKind.Level)));
    }

    [Fact]
    public void Without_rules_there_is_no_score() => Assert.Null(One(Page("/", 0)).Lead);

    [Fact]
    public void What_is_suppressed_gives_no_points_now_or_later()
    {
        var rules = Rules(Rule("open", 5, when: """{"events":["email_open"]}"""));
        var visits = Of(
            rules,
            Some.Event("email_open", 0, properties: """{"machine":true}"""),
            Some.Event("email_open", Day));

        Assert.Equal([0L, 5L], visits.Select(one => Value(one, VisitKind.Points)));
        Assert.Equal(5L, Value(visits[1], VisitKind.Score));
    }

    [Fact]
    public void Sessions_never_change_scoring()
    {
        var rules = Rules(Rule("price", 10, more: ""","cap":25"""));
        var events = Enumerable.Range(0, 6).Select(i => Page("/pricing", i * 20)).ToList();

        var sums = new[] { 10, 30, 200 }.Select(minutes => Of(
            rules with { Timeout = TimeSpan.FromMinutes(minutes) }, events)
            .Sum(one => DetailOf(one).Points));

        Assert.All(sums, sum => Assert.Equal(25, sum));
    }

    [Theory]
    [InlineData("points", "2.5", "points_not_whole")]
    [InlineData("points", "0", "points_not_whole")]
    [InlineData("points", "1000000", "points_not_whole")]
    [InlineData("cap", "3", "rule_never_matches")]
    [InlineData("within_hours", "4", "rule_invalid")]
    [InlineData("to", "\"2020-01-01T00:00:00Z\"", "rule_never_matches")]
    [InlineData("name", "\"\"", "rule_invalid")]
    [InlineData("colour", "1", "rule_invalid")]
    public void A_rule_that_cannot_work_is_refused_by_name(
        string member, string value, string code)
    {
        var members = new Dictionary<string, string>
        {
            ["id"] = "\"r\"",
            ["name"] = "\"R\"",
            ["points"] = "5",
            ["when"] = """{"events":["x"]}""",
            ["from"] = "\"2021-01-01T00:00:00Z\"",
        };
        members[member] = value;
        var rule = string.Join(',', members.Select(one => $"\"{one.Key}\":{one.Value}"));
        var json = $$"""{"rules":[{ {{rule}} }]}""";

        Assert.False(RuleJson.TryRead<ScoringSet>(json, out _, out var fault));
        Assert.Equal(code, fault.Code);
        Assert.StartsWith("rules[0]", fault.Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("path", "equals", "/a", "path", "equals", "/b")]
    [InlineData("value", "at_least", "10", "value", "at_most", "9.99")]
    [InlineData("plan", "missing", null, "plan", "equals", "pro")]
    [InlineData("plan", "equals", "pro", "plan", "starts_with", "free")]
    [InlineData("value", "at_least", "many", "value", "exists", null)]
    public void A_condition_no_event_meets_is_refused(
        string property, string comparison, string? value,
        string property2, string comparison2, string? value2)
    {
        var where = JsonSerializer.Serialize(new[]
        {
            new { property, @is = comparison, value },
            new { property = property2, @is = comparison2, value = value2 },
        });
        var json = Text("", Rule("r", 5, when: $$"""{"where":{{where}}}"""));

        Assert.False(RuleJson.TryRead<ScoringSet>(json, out _, out var fault));
        Assert.Equal("rule_never_matches", fault.Code);
    }

    [Theory]
    [InlineData("""{"property":"value","is":"at_least","value":"49.95"}""", true)]
    [InlineData("""{"property":"value","is":"at_least","value":"50"}""", false)]
    [InlineData("""{"property":"plan.name","is":"equals","value":"PRO"}""", true)]
    [InlineData("""{"property":"plan.size","is":"missing"}""", true)]
    [InlineData("""{"property":"path","is":"like","value":"/sh*p"}""", true)]
    [InlineData("""{"property":"campaign.source","is":"not_equals","value":"google"}""", true)]
    [InlineData("""{"property":"host","is":"ends_with","value":".example"}""", true)]
    public void Conditions_look_at_properties_and_context(string test, bool holds)
    {
        var e = Some.Event(
            "x",
            context: new EventContext { Url = "https://www.shop.example/shop/?q=1" },
            properties: """{"value":49.95,"plan":{"name":"pro"}}""");

        var visit = One(Rules(Rule("r", 5, when: $$"""{"where":[{{test}}]}""")), e);

        Assert.Equal(holds ? 5 : 0, visit.Points);
    }

    private static ProjectSettings Rules(params string[] rules) =>
        With(ScoringSet.Name, Text("", rules));

    private static string Text(string more, params string[] rules) =>
        $$"""{"rules":[{{string.Join(',', rules)}}]{{more}}}""";

    private static string Rule(
        string id, int points, string? when = null, string more = "") => $$"""
        {"id":"{{id}}","name":"{{id}}","points":{{points}},"when":{{when
            ?? """{"where":[{"property":"path","is":"equals","value":"/pricing"}]}"""}}{{more}}}
        """;
}
