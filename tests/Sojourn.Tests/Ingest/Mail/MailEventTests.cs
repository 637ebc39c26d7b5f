using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Ingest;
using Xunit;
using static Sojourn.Tests.Ingest.Mail.MailDecoded;

namespace Sojourn.Tests.Ingest.Mail;

/// <summary>What each notice of a mail provider means here.</summary>
public sealed class MailEventTests
{
    [Theory]
    [InlineData("open", "email_open")]
    [InlineData("click", "email_click")]
    [InlineData("unsubscribe", "unsubscribe")]
    [InlineData("group_unsubscribe", "unsubscribe")]
    [InlineData("group_resubscribe", "resubscribe")]
    [InlineData("spamreport", "email_complained")]
    [InlineData("processed", "email_processed")]
    [InlineData("deferred", "email_deferred")]
    [InlineData("delivered", "email_delivered")]
    [InlineData("bounce", "email_bounced")]
    [InlineData("dropped", "email_bounced")]
    [InlineData("account_status_change", "email_other")]
    public void SendGrids_events_have_names_of_ours(string theirs, string ours)
    {
        var e = Event(HookSource.SendGrid, SendGrid(theirs));

        Assert.Equal(ours, e.Name);
        Assert.Equal(theirs, e.Properties.Text("event"));
    }

    [Theory]
    [InlineData("Open", "", "email_open")]
    [InlineData("Click", "", "email_click")]
    [InlineData("Delivery", "", "email_delivered")]
    [InlineData("Bounce", "", "email_bounced")]
    [InlineData("SpamComplaint", "", "email_complained")]
    [InlineData("SubscriptionChange", ",\"SuppressSending\":true", "unsubscribe")]
    [InlineData("SubscriptionChange",
        ",\"SuppressSending\":true,\"SuppressionReason\":\"ManualSuppression\","
        + "\"Origin\":\"Recipient\"", "unsubscribe")]
    [InlineData("SubscriptionChange",
        ",\"SuppressSending\":true,\"SuppressionReason\":\"HardBounce\"", "email_suppressed")]
    [InlineData("SubscriptionChange",
        ",\"SuppressSending\":true,\"Origin\":\"Admin\"", "email_suppressed")]
    [InlineData("SubscriptionChange", ",\"SuppressSending\":false", "resubscribe")]
    [InlineData("SubscriptionChange",
        ",\"SuppressSending\":false,\"Origin\":\"Customer\"", "email_unsuppressed")]
    [InlineData("SubscriptionChange", "", "email_other")]
    [InlineData("Inbound", "", "email_other")]
    public void Postmarks_records_have_names_of_ours(string theirs, string more, string ours) =>
        Assert.Equal(ours, Event(
            HookSource.Postmark,
            Postmark(theirs, more.Length == 0 ? "\"x\":1" : more[1..])).Name);

    [Theory]
    [InlineData("opened", "", "email_open")]
    [InlineData("clicked", "", "email_click")]
    [InlineData("unsubscribed", "", "unsubscribe")]
    [InlineData("complained", "", "email_complained")]
    [InlineData("accepted", "", "email_accepted")]
    [InlineData("delivered", "", "email_delivered")]
    [InlineData("failed", "permanent", "email_bounced")]
    [InlineData("failed", "temporary", "email_deferred")]
    [InlineData("rejected", "", "email_bounced")]
    [InlineData("stored", "", "email_stored")]
    [InlineData("list_uploaded", "", "email_other")]
    public void Mailguns_events_have_names_of_ours(string theirs, string severity, string ours) =>
        Assert.Equal(ours, Event(
            HookSource.Mailgun, Mailgun(theirs, $"\"severity\":\"{severity}\"")).Name);

    [Fact]
    public void A_click_of_SendGrids_keeps_what_is_known_of_mail_and_person()
    {
        var e = Event(HookSource.SendGrid, "[" + SendGrid(
            "click", "\"url\":\"https://shop.example/sale?token=x\"", "\"ip\":\"203.0.113.9\"",
            "\"useragent\":\"Mozilla/5.0 (X11; Linux x86_64)\"", "\"category\":\"spring\"",
            "\"sid\":\"k_7\"", "\"user_id\":\"ada\"", "\"asm_group_id\":7") + "]");

        Assert.Equal(("sendgrid-e1", "ada", (string?)null), (e.Id, e.UserId, e.AnonymousId));
        Assert.Equal((Trust.Verified, Some.Us(0)), (e.Trust, e.OccurredUs));
        Assert.Equal("203.0.113.9", e.Context.Ip);
        Assert.Equal("Mozilla/5.0 (X11; Linux x86_64)", e.Context.UserAgent);
        AssertProperties(
            """
            "asm_group_id":7,"email":"ada@shop.example","event":"click","message_id":"m1",
            "provider":"sendgrid","sid":"k_7","tags":["spring"],
            "url":"https://shop.example/sale?token=***"
            """,
            e);
    }

    [Fact]
    public void A_click_of_Postmarks_keeps_what_is_known_of_mail_and_person()
    {
        var e = Event(HookSource.Postmark, Postmark(
            "Click", "\"OriginalLink\":\"https://shop.example/\"", "\"Tag\":\"spring\"",
            "\"UserAgent\":\"Mozilla/5.0\"", "\"MessageStream\":\"outbound\"",
            "\"Geo\":{\"CountryISOCode\":\"DZ\",\"IP\":\"203.0.113.9\"}",
            "\"Metadata\":{\"anonymous_id\":\"dev\",\"sid\":\"k_7\"}"));

        Assert.Equal(((string?)null, "dev"), (e.UserId, e.AnonymousId));
        Assert.Equal(Some.Us(0) + 123_456, e.OccurredUs);
        Assert.Equal(("203.0.113.9", "DZ"), (e.Context.Ip, e.Context.Country));
        AssertProperties(
            """
            "email":"ada@shop.example","event":"Click","message_id":"m1",
            "message_stream":"outbound","provider":"postmark","sid":"k_7",
            "tags":["spring"],"url":"https://shop.example/"
            """,
            e);
    }

    [Fact]
    public void A_click_of_Mailguns_keeps_what_is_known_of_mail_and_person()
    {
        var e = Event(HookSource.Mailgun, Mailgun(
            "clicked", "\"url\":\"https://shop.example/\"", "\"tags\":[\"spring\",\"sale\"]",
            "\"ip\":\"203.0.113.9\"", "\"geolocation\":{\"country\":\"DZ\"}",
            "\"client-info\":{\"user-agent\":\"Mozilla/5.0\",\"bot\":\"\"}",
            "\"user-variables\":{\"person_id\":\"ada\",\"sid\":\"k_7\"}"));

        Assert.Equal(("mailgun-20260302-e1", "ada"), (e.Id, e.UserId));
        Assert.Equal(Some.Us(0) + 329_574, e.OccurredUs);
        Assert.Equal(("203.0.113.9", "DZ"), (e.Context.Ip, e.Context.Country));
        AssertProperties(
            """
            "email":"ada@shop.example","event":"clicked","message_id":"m1@shop",
            "provider":"mailgun","sid":"k_7","tags":["spring","sale"],
            "url":"https://shop.example/"
            """,
            e);
    }

    [Theory]
    [InlineData("\"sg_machine_open\":true", true)]
    [InlineData("\"sg_machine_open\":\"True\"", true)]
    [InlineData("\"sg_machine_open\":false", false)]
    [InlineData("\"sg_machine_open\":\"false\"", false)]
    [InlineData("\"sg_machine_open\":null", false)]
    public void SendGrid_says_when_a_machine_opened(string member, bool machine) =>
        AssertMachine(machine, Event(HookSource.SendGrid, SendGrid("open", member)));

    [Theory]
    [InlineData("\"apple\"", true)]
    [InlineData("true", true)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    public void Mailgun_says_when_a_machine_clicked(string bot, bool machine) => AssertMachine(
        machine,
        Event(HookSource.Mailgun, Mailgun("clicked", $"\"client-info\":{{\"bot\":{bot}}}")));

    [Theory]
    [InlineData("processed")]
    [InlineData("deferred")]
    [InlineData("delivered")]
    [InlineData("bounce")]
    [InlineData("something_new")]
    public void What_the_provider_did_is_nobodys_doing(string what)
    {
        var e = Event(HookSource.SendGrid, SendGrid(what, "\"ip\":\"198.51.100.7\""));

        Assert.Equal(SuppressionRules.MailProvider, SuppressionRules.Default.RuleFor(e));
        Assert.Null(e.Context.Ip);
        Assert.Equal("198.51.100.7", e.Properties.Text("ip"));
    }

    [Theory]
    [InlineData("unsubscribe")]
    [InlineData("group_resubscribe")]
    [InlineData("spamreport")]
    public void What_the_person_did_counts(string what) => Assert.Null(
        SuppressionRules.Default.RuleFor(Event(HookSource.SendGrid, SendGrid(what))));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com "
        + "GoogleImageProxy)")]
    [InlineData("YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html")]
    public void A_mail_that_webmail_shows_is_opened_by_a_person_somewhere(string userAgent)
    {
        var e = Event(HookSource.SendGrid, SendGrid(
            "open", $"\"useragent\":\"{userAgent}\"", "\"ip\":\"66.102.8.1\""));

        Assert.Null(SuppressionRules.Default.RuleFor(e));
        Assert.Equal(EventContext.None, e.Context);
        Assert.Equal(
            (userAgent, "66.102.8.1"),
            (e.Properties.Text("user_agent"), e.Properties.Text("ip")));
    }

    [Theory]
    [InlineData("", "ada@shop.example", null)]
    [InlineData(",\"user_id\":\"\"", "ada@shop.example", null)]
    [InlineData(",\"user_id\":null", "ada@shop.example", null)]
    [InlineData(",\"user_id\":42", "42", null)]
    [InlineData(",\"person_id\":\"ada\",\"user_id\":\"other\"", "ada", null)]
    [InlineData(",\"anonymous_id\":\"dev\"", null, "dev")]
    [InlineData(",\"anonymous_id\":\"dev\",\"user_id\":\"ada\"", "ada", "dev")]
    public void Arguments_name_the_person_and_else_the_address_does(
        string arguments, string? user, string? device)
    {
        var e = Event(
            HookSource.SendGrid,
            SendGrid("open").TrimEnd('}') + arguments + "}");

        Assert.Equal((user, device), (e.UserId, e.AnonymousId));
    }

    [Fact]
    public void An_argument_gives_way_to_what_the_provider_says_under_that_name()
    {
        var e = Event(HookSource.Postmark, Postmark(
            "Open", "\"Metadata\":{\"provider\":\"x\",\"\\u0065vent\":\"y\",\"plan\":\"pro\"}"));

        Assert.Equal("postmark", e.Properties.Text("provider"));
        Assert.Equal("Open", e.Properties.Text("event"));
        Assert.Equal("pro", e.Properties.Text("plan"));
    }

    [Fact]
    public void A_part_of_a_second_is_exact() => Assert.Equal(
        1_529_006_854_329_574,
        Event(HookSource.Mailgun, Mailgun("opened").Replace(
            "1772445600.329574", "1529006854.3295749999")).OccurredUs);

    [Fact]
    public void An_id_that_could_not_be_one_is_hashed()
    {
        // printf 'é é' | sha256sum
        const string Hash = "6279fe2f6375a76b75eb7575dcff56db8bdf5d375ead766ea4b377537eba9681";
        var odd = Event(HookSource.SendGrid, SendGrid("open").Replace("\"e1\"", "\"é é\""));
        var long_ = Event(
            HookSource.SendGrid, SendGrid("open").Replace("\"e1\"", $"\"{new string('x', 200)}\""));

        Assert.Equal("sendgrid-" + Hash, odd.Id);
        Assert.True(EventIds.IsUsable(long_.Id));
        Assert.NotEqual(odd.Id, long_.Id);
    }

    [Fact]
    public void Postmarks_id_is_a_hash_of_what_makes_a_notice_the_same()
    {
        var id = Event(HookSource.Postmark, Postmark("Open")).Id;

        Assert.Equal(id, Event(HookSource.Postmark, Postmark("Open", "\"Tag\":\"t\"")).Id);
        foreach (var other in new[]
        {
            Postmark("Click"),
            Postmark("Open").Replace("\"m1\"", "\"m2\""),
            Postmark("Open").Replace(".1234567Z", ".1234568Z"),
            Postmark("Open").Replace("Ada@", "Bo@"),
            Postmark("Open", "\"OriginalLink\":\"https://shop.example/\""),
        })
        {
            Assert.NotEqual(id, Event(HookSource.Postmark, other).Id);
        }
    }

    private static void AssertProperties(string members, Event e) =>
        Assert.Equal("{" + members.ReplaceLineEndings("") + "}", e.Properties.ToString());

    private static void AssertMachine(bool machine, Event e)
    {
        Assert.Equal(machine ? true : null, e.Properties.Flag("machine"));
        Assert.Equal(
            machine ? SuppressionRules.MailMachine : null,
            SuppressionRules.Default.RuleFor(e));
    }
}
