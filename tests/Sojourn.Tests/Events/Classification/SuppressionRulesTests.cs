using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Events.Rules;
using Xunit;

namespace Sojourn.Tests.Events.Classification;

public sealed class SuppressionRulesTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true)]
    [InlineData("curl/8.1", true)]
    [InlineData("not curl/8.1", false)]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) Chrome/32.0 Safari/537.36", false)]
    [InlineData("", false)]
    public void Crawlers_are_known_by_user_agent(string userAgent, bool crawler)
    {
        var e = Some.Event(context: new EventContext { UserAgent = userAgent });

        // Twice: the second answer is remembered.
        Assert.Equal(crawler ? "crawler" : null, SuppressionRules.Default.RuleFor(e));
        Assert.Equal(crawler ? "crawler" : null, SuppressionRules.Default.RuleFor(e));
    }

    [Theory]
    [InlineData("email_open", """{"machine":true}""", "mail_machine")]
    [InlineData("email_open", """{"machine":false}""", null)]
    [InlineData("email_click", """{"machine":true}""", "mail_machine")]
    [InlineData("page_view", """{"machine":true}""", null)]
    [InlineData("email_delivered", "{}", "mail_provider")]
    [InlineData("email_bounced", """{"machine":true}""", "mail_provider")]
    [InlineData("email_other", """{"test":true}""", "mail_provider")]
    [InlineData("email_complained", "{}", null)]
    [InlineData("unsubscribe", "{}", null)]
    [InlineData("page_view", """{"test":true}""", "test")]
    [InlineData("page_view", """{"test":"blood"}""", null)]
    public void Machine_mail_and_marked_tests_are_known_by_their_properties(
        string name, string properties, string? rule) =>
        Assert.Equal(
            rule, SuppressionRules.Default.RuleFor(Some.Event(name, properties: properties)));

    [Theory]
    [InlineData("ip", Comparison.InNetwork, "10.0.0.0/8", true)]
    [InlineData("ip", Comparison.InNetwork, "11.0.0.0/8", false)]
    [InlineData("ip", Comparison.InNetwork, "nonsense", false)]
    [InlineData("host", Comparison.Equals, "Staging.example.com", true)]
    [InlineData("host", Comparison.Equals, "example.com", false)]
    [InlineData("user_id", Comparison.EndsWith, "@EXAMPLE.com", true)]
    [InlineData("user_id", Comparison.EndsWith, "@example.org", false)]
    [InlineData("user_agent", Comparison.Contains, "Uptime", true)]
    public void A_project_has_filters_of_its_own(
        string property, Comparison comparison, string value, bool matches)
    {
        var when = new EventCondition { Where = [new(property, comparison, value)] };
        var rules = new SuppressionRules(new SuppressionSet { Filters = [new("internal", when)] });
        var e = Some.Event(user: "ada@example.com", context: new EventContext
        {
            Ip = "10.1.2.3",
            Url = "https://staging.example.com/x",
            UserAgent = "Our-Uptime-Check",
        });

        Assert.Equal(matches ? "internal" : null, rules.RuleFor(e));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120 Mobile Safari", "mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-X700) Chrome/120 Safari", "tablet")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Mobile/15E148", "tablet")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/120", "desktop")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15)", "desktop")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64)", "desktop")]
    [InlineData("curl/8.1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_device_is_told_by_the_user_agent(string? userAgent, string? device) =>
        Assert.Equal(device, DeviceClass.Of(userAgent));
}
