using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Events.Rules;
using Xunit;

namespace Sojourn.Tests.Events.Classification;

/// <summary>What the events around an event say about it: docs/guide/suppression.md.</summary>
public sealed class NeighbourRulesTests
{
    [Fact]
    public void Three_links_in_less_than_two_seconds_are_a_scanners()
    {
        Event[] run = [Mail("email_open", 0), Click(0.1, "/a"), Click(0.9, "/b"), Click(1.9, "/c")];

        Assert.All(RulesFor(run), rule => Assert.Equal("mail_scanner", rule));
    }

    [Fact]
    public void The_third_link_after_two_seconds_is_a_persons()
    {
        Event[] run = [Click(0, "/a"), Click(1, "/b"), Click(2, "/c")];

        Assert.All(RulesFor(run), Assert.Null);
    }

    [Fact]
    public void The_same_link_three_times_is_an_impatient_person()
    {
        Event[] run = [Click(0, "/a"), Click(0.5, "/a"), Click(1, "/a")];

        Assert.All(RulesFor(run), Assert.Null);
    }

    [Fact]
    public void A_click_long_after_the_burst_counts()
    {
        Event[] run = [Click(0, "/a"), Click(0.5, "/b"), Click(1, "/c"), Click(30, "/a")];

        string?[] rules = ["mail_scanner", "mail_scanner", "mail_scanner", null];
        Assert.Equal<IEnumerable<string?>>(rules, RulesFor(run));
    }

    [Theory]
    [InlineData(-5, "opened_early")]
    [InlineData(-70, null)]
    [InlineData(0, null)]
    [InlineData(5, null)]
    public void Mail_opened_before_it_was_delivered_was_opened_by_a_machine(
        double second, string? rule)
    {
        var open = Mail("email_open", second);
        Event[] run = [.. new[] { open, Mail("email_delivered", 0) }.Order(EventOrder.Instance)];

        Assert.Equal(rule, RulesFor(run)[Array.IndexOf(run, open)]);
    }

    [Fact]
    public void Another_mails_delivery_says_nothing()
    {
        Event[] run = [Mail("email_open", 0, "m1"), Mail("email_delivered", 5, "m2")];

        Assert.Null(RulesFor(run)[0]);
    }

    [Fact]
    public void More_events_than_a_person_makes_are_suppressed_when_asked_for()
    {
        var set = new SuppressionSet { Velocity = new Velocity(5, 10) };
        Event[] fast = [.. Enumerable.Range(0, 6).Select(i => At("page_view", i))];
        Event[] slow = [.. Enumerable.Range(0, 6).Select(i => At("page_view", i * 2))];

        Assert.All(RulesFor(fast, set), rule => Assert.Equal("too_fast", rule));
        Assert.All(RulesFor(slow, set), Assert.Null);
        Assert.All(RulesFor(fast), Assert.Null);
    }

    [Fact]
    public void A_project_switches_scanners_off()
    {
        Event[] run = [Click(0, "/a"), Click(0.5, "/b"), Click(1, "/c")];

        Assert.All(RulesFor(run, new SuppressionSet { MailScanners = null }), Assert.Null);
    }

    [Theory]
    [InlineData("""{"filters":[{"name":"all","when":{}}]}""", "filters[0].when")]
    [InlineData("""{"filters":[{"name":"","when":{"events":["x"]}}]}""", "filters[0].name")]
    [InlineData("""{"velocity":{"events":1,"within_seconds":5}}""", "velocity")]
    [InlineData("""{"velocity":{"events":100,"within_seconds":60}}""", "velocity")]
    [InlineData("""{"mail_scanners":{"links":1,"within_ms":2000}}""", "mail_scanners")]
    [InlineData("""{"speed":1}""", "speed")]
    public void Rules_that_cannot_work_are_refused(string json, string field)
    {
        Assert.False(RuleJson.TryRead<SuppressionSet>(json, out _, out var fault));
        Assert.Equal((RuleFault.Invalid, field), (fault.Code, fault.Field));
    }

    private static string?[] RulesFor(Event[] run, SuppressionSet? set = null) =>
        new SuppressionRules(set ?? SuppressionSet.Default).RulesFor(run);

    private static Event Click(double second, string url) =>
        At("email_click", second, $$"""{"url":"https://x.example{{url}}","message_id":"m"}""");

    private static Event Mail(string name, double second, string message = "m") =>
        At(name, second, $$"""{"message_id":"{{message}}"}""");

    private static Event At(string name, double second, string properties = "{}") =>
        Some.Event(name, second / 60, properties: properties);
}
