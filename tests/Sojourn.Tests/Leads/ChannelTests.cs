using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits.Leads;
using Xunit;

namespace Sojourn.Tests.Leads;

/// <summary>By which channel a visit came, on addresses as browsers send them.</summary>
public sealed class ChannelTests
{
    [Theory]
    [InlineData("https://www.google.com/", "search")]
    [InlineData("https://www.google.co.uk/", "search")]
    [InlineData("https://duckduckgo.com/", "search")]
    [InlineData("https://search.yahoo.com/search", "search")]
    [InlineData("android-app://com.google.android.googlequicksearchbox/", "search")]
    [InlineData("https://l.facebook.com/l.php?u=x", "social")]
    [InlineData("https://t.co/AbC", "social")]
    [InlineData("https://www.linkedin.com/feed/", "social")]
    [InlineData("android-app://com.linkedin.android/", "social")]
    [InlineData("https://out.reddit.com/", "social")]
    [InlineData("https://mail.google.com/mail/u/0/", "email")]
    [InlineData("https://outlook.live.com/", "email")]
    [InlineData("https://netcost.example/", "referral")]
    [InlineData("https://notgoogle.example/", "referral")]
    [InlineData("https://shop.example/other", "direct")]
    [InlineData("https://www.shop.example/other", "direct")]
    [InlineData("", "direct")]
    [InlineData(null, "direct")]
    [InlineData("javascript:alert(1)", "direct")]
    public void Referrers_tell_the_channel(string? referrer, string channel) =>
        Assert.Equal(channel, ChannelOf(referrer: referrer));

    [Theory]
    [InlineData("google", "cpc", "paid")]
    [InlineData("facebook", "paid_social", "paid")]
    [InlineData("adroll", "retargeting", "paid")]
    [InlineData("newsletter", "email", "email")]
    [InlineData("spring", "E-Mail", "email")]
    [InlineData("newsletter", null, "email")]
    [InlineData("twitter", "social", "social")]
    [InlineData("google", "organic", "search")]
    [InlineData("partner-site", "referral", "referral")]
    [InlineData("podcast", "audio", "campaign")]
    [InlineData("poster", null, "campaign")]
    public void Campaigns_tell_the_channel(string source, string? medium, string channel) =>
        Assert.Equal(channel, ChannelOf(campaign: new(null, source, medium, null, null)));

    [Theory]
    [InlineData("?gclid=EAIaIQ", "paid")]
    [InlineData("?a=1&msclkid=7", "paid")]
    [InlineData("?notgclid=1", "direct")]
    [InlineData("?gclidish=1", "direct")]
    public void Click_ids_of_advertisers_are_paid(string query, string channel) =>
        Assert.Equal(channel, ChannelOf(url: "https://shop.example/" + query));

    [Fact]
    public void A_campaign_says_more_than_the_site_it_was_clicked_on() => Assert.Equal(
        "paid",
        ChannelOf("https://www.google.com/", new(null, "google", "cpc", null, null)));

    [Theory]
    [InlineData("email_open")]
    [InlineData("email_click")]
    public void What_begins_in_a_mail_came_by_mail(string name) =>
        Assert.Equal("email", ChannelSet.Default.Of(Some.Event(name)).Channel);

    [Fact]
    public void A_machine_that_opens_the_mail_first_is_not_the_entry()
    {
        var visit = LeadVisits.Of(
            new(),
            Some.Event("email_open", 0, properties: """{"machine":true}"""),
            Some.Event("page_view", 1, context: new EventContext
            {
                Url = "https://shop.example/",
                Referrer = "https://www.google.com/",
            })).Single();

        Assert.Equal("page_view", visit.Entry);
        Assert.Equal("search", LeadVisits.DetailOf(visit).Channel.Channel);
    }

    [Fact]
    public void The_rule_that_decided_is_named() => Assert.Equal(
        new ChannelFound("email", 1), ChannelSet.Default.Of(Some.Event("email_click")));

    [Fact]
    public void A_project_has_rules_of_its_own()
    {
        var rules = LeadVisits.With(ChannelSet.Name, """
            {"rules":[{"channel":"podcast","sources":["pod*"]},{"channel":"rest"}]}
            """);
        var e = Some.Event(context: new EventContext
        {
            Campaign = new Campaign(null, "PODcast-7", null, null, null),
        });

        Assert.Equal("podcast", LeadVisits.One(rules, e).Channel.Channel);
        Assert.Equal("rest", LeadVisits.One(rules, Some.Event()).Channel.Channel);
    }

    [Theory]
    [InlineData("""{"rules":[]}""", "rule_invalid")]
    [InlineData("""{"rules":[{"channel":"a"},{"channel":"b"}]}""", "rule_never_matches")]
    [InlineData("""{"rules":[{"channel":"a","hosts":[]}]}""", "rule_invalid")]
    [InlineData("""{"rules":[{"hosts":["x"]}]}""", "rule_invalid")]
    public void Rules_that_cannot_work_are_refused(string json, string code)
    {
        Assert.False(RuleJson.TryRead<ChannelSet>(json, out _, out var fault));
        Assert.Equal(code, fault.Code);
    }

    private static string ChannelOf(
        string? referrer = null, Campaign? campaign = null, string? url = null) =>
        ChannelSet.Default.Of(Some.Event(context: new EventContext
        {
            Url = url ?? "https://www.shop.example/",
            Referrer = referrer,
            Campaign = campaign,
        })).Channel;
}
