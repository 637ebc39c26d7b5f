using Sojourn.Events;
using Xunit;
using static Sojourn.Tests.Ingest.Segment.SegmentDecoded;

namespace Sojourn.Tests.Ingest.Segment;

/// <summary>What each Segment message means here.</summary>
public sealed class SegmentMessageTests
{
    [Fact]
    public void A_track_keeps_its_name_and_properties()
    {
        var e = Event("""
            {"type":"track","messageId":"m1","userId":"ada","anonymousId":"dev","event":"Signed Up",
             "timestamp":"2026-03-02T09:59:00.250Z","sentAt":"2026-03-02T09:59:30Z",
             "properties":{"plan":"pro","seats":3},"integrations":{"All":true},"_metadata":{"x":1}}
            """);

        Assert.Equal(("m1", "Signed Up"), (e.Id, e.Name));
        Assert.Equal(("ada", "dev"), (e.UserId, e.AnonymousId));
        Assert.Equal(Some.Us(-1) + 250_000, e.OccurredUs);
        Assert.Equal(Some.Us(-0.5), e.SentUs);
        Assert.Equal("""{"plan":"pro","seats":3}""", e.Properties.ToString());
    }

    [Fact]
    public void A_page_is_a_page_view_with_the_address_title_and_referrer_of_its_context()
    {
        var e = Event(Message("page",
            "\"name\":\"Home\"",
            "\"category\":\"Docs\"",
            "\"properties\":{\"title\":\"Told\",\"x\":1}",
            "\"context\":{\"page\":{\"url\":\"https://a.test/?token=1\",\"title\":\"Seen\","
                + "\"referrer\":\"https://b.test/\"}}"));

        Assert.Equal("page_view", e.Name);
        Assert.Equal("https://a.test/?token=***", e.Context.Url);
        Assert.Equal("https://b.test/", e.Context.Referrer);
        Assert.Equal(
            """{"category":"Docs","name":"Home","referrer":"https://b.test/","title":"Told","""
            + "\"url\":\"https://a.test/?token=***\",\"x\":1}",
            e.Properties.ToString());
    }

    [Fact]
    public void A_page_without_context_has_the_address_of_its_properties()
    {
        var e = Event(Message("page",
            "\"properties\":{\"url\":\"https://a.test/\",\"referrer\":\"https://b.test/\"}"));

        Assert.Equal(("https://a.test/", "https://b.test/"), (e.Context.Url, e.Context.Referrer));
    }

    [Fact]
    public void A_screen_is_a_screen_view()
    {
        var e = Event(Message("screen", "\"name\":\"Cart\"", "\"properties\":{\"a\":1}"));

        Assert.Equal(("screen_view", """{"a":1,"name":"Cart"}"""),
            (e.Name, e.Properties.ToString()));
    }

    [Fact]
    public void An_identify_tells_who_it_is_and_keeps_all_traits()
    {
        var e = Event(Message("identify",
            """
            "traits":{"email":"ada@a.test","phone":"+1","firstName":"Ada","lastName":"L\u00e9",
            "plan":"pro"}
            """));

        Assert.Equal("identify", e.Name);
        Assert.Equal("ada", e.UserId);
        Assert.Equal("ada@a.test", e.Properties.Text("email"));
        Assert.Equal("+1", e.Properties.Text("phone"));
        Assert.Equal("Ada Lé", e.Properties.Text("name"));
        Assert.Equal("pro", e.Properties.Get("traits")?.GetProperty("plan").GetString());
        Assert.Equal("Ada", e.Properties.Get("traits")?.GetProperty("firstName").GetString());
    }

    [Theory]
    [InlineData("""{"name":"Ada L","firstName":"x"}""", "Ada L")]
    [InlineData("""{"first_name":"Ada","last_name":"L"}""", "Ada L")]
    [InlineData("""{"lastName":"L"}""", "L")]
    [InlineData("""{"name":7}""", null)]
    public void A_name_is_told_whole_or_in_parts(string traits, string? name) =>
        Assert.Equal(
            name, Event(Message("identify", $"\"traits\":{traits}")).Properties.Text("name"));

    [Fact]
    public void A_group_and_an_alias_keep_what_they_name()
    {
        var group = Event(Message("group", "\"groupId\":\"g1\"", "\"traits\":{\"size\":5}"));
        var alias = Event(Message("alias", "\"previousId\":\"old\""));

        Assert.Equal(("group", """{"group_id":"g1","traits":{"size":5}}"""),
            (group.Name, group.Properties.ToString()));
        Assert.Equal(("alias", "ada", """{"previous_id":"old"}"""),
            (alias.Name, alias.UserId, alias.Properties.ToString()));
    }

    [Fact]
    public void The_context_says_where_it_was()
    {
        var e = Event(Message("track",
            "\"event\":\"x\"",
            """
            "context":{"ip":"198.51.100.7","userAgent":"UA","locale":"fr-DZ",
            "timezone":"Africa/Algiers","location":{"country":"dz","city":"Oran"},
            "campaign":{"name":"n","source":"s","medium":"m","term":"t","content":"c","id":"i"},
            "page":{"path":"/p","url":"https://a.test/p","referrer":""},
            "traits":{"email":"ada@a.test"},"library":{"name":"l","version":"1"}}
            """));

        Assert.Equal(
            new EventContext
            {
                Ip = "198.51.100.7",
                UserAgent = "UA",
                Locale = "fr-DZ",
                Country = "DZ",
                Url = "https://a.test/p",
                Referrer = "",
                Campaign = new Campaign("n", "s", "m", "t", "c"),
            },
            e.Context);
        Assert.Equal(
            """{"timezone":"Africa/Algiers","traits":{"email":"ada@a.test"}}""",
            e.Properties.ToString());
    }

    [Fact]
    public void A_context_of_odd_types_never_loses_an_event()
    {
        var e = Event(Message("track", "\"event\":\"x\"", """
            "context":{"ip":7,"userAgent":{},"locale":[],"timezone":1,"page":"/p","campaign":"c",
            "location":null,"referrer":7,"traits":"t"}
            """));

        Assert.Equal((EventContext.None, "{}"), (e.Context, e.Properties.ToString()));
    }

    [Fact]
    public void The_context_of_the_envelope_stands_in_where_a_message_has_none()
    {
        var batch = Batch("""
            {"batch":[
             {"type":"track","messageId":"a","userId":"u","event":"x","context":{"locale":"de"}},
             {"type":"track","messageId":"b","userId":"u","event":"x"}],
             "context":{"locale":"fr","ip":"198.51.100.7","page":{"url":"https://a.test/"}}}
            """);

        Assert.Equal(["de", "fr"], batch.Events.Select(e => e.Context.Locale));
        Assert.All(batch.Events, e => Assert.Equal("198.51.100.7", e.Context.Ip));
        Assert.All(batch.Events, e => Assert.Equal("https://a.test/", e.Context.Url));
    }

    [Fact]
    public void The_clock_of_the_envelope_corrects_messages_without_their_own()
    {
        var batch = Batch("""
            {"batch":[
             {"type":"track","messageId":"a","userId":"u","event":"x",
              "timestamp":"2026-03-02T12:00:00Z","sentAt":"2026-03-02T12:00:10Z"},
             {"type":"track","messageId":"b","userId":"u","event":"x",
              "timestamp":"2026-03-02T12:00:00.000Z"},
             {"type":"track","messageId":"c","userId":"u","event":"x"}],
             "sentAt":"2026-03-02T12:00:30Z"}
            """);

        Assert.Equal(
            [Some.Us(0) - 10_000_000, Some.Us(0) - 30_000_000, Some.Us(0)],
            batch.Events.Select(e => e.TimeUs));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData(" [ ] ")]
    public void Nothing_may_be_written_as_php_writes_it(string nothing)
    {
        var e = Event(Message("track",
            "\"event\":\"x\"", $"\"properties\":{nothing}", $"\"context\":{nothing}"));
        var who = Event(Message("identify", $"\"traits\":{nothing}"));

        Assert.Equal(("{}", "{}"), (e.Properties.ToString(), who.Properties.ToString()));
    }

    [Fact]
    public void A_claimed_event_has_the_address_of_its_connection()
    {
        var e = Event(
            Message("track", "\"event\":\"x\"", "\"context\":{\"ip\":\"198.51.100.7\"}"),
            Decoded.Browser);

        Assert.Equal((Trust.Claimed, "203.0.113.9"), (e.Trust, e.Context.Ip));
    }

    [Fact]
    public void The_address_gives_the_type_of_a_message_sent_alone()
    {
        var e = Assert.Single(Batch(
            """ {"messageId":"m","anonymousId":"d","event":"x"} """,
            type: Sojourn.Ingest.Segment.SegmentType.Track).Events);

        Assert.Equal(("m", "x", "d"), (e.Id, e.Name, e.AnonymousId));
    }

    [Fact]
    public void Messages_without_id_are_told_apart_by_the_id_of_their_batch()
    {
        var batch = Batch("""
            {"messageId":"b7","batch":[{"type":"track","userId":"u","event":"x"},
             {"type":"track","userId":"u","event":"x"}]}
            """);

        Assert.Equal(["b7-0", "b7-1"], batch.Events.Select(e => e.Id));
    }

    [Fact]
    public void The_key_is_the_envelopes_or_the_messages()
    {
        Assert.Equal("k", KeyOf("""{"writeKey":"k","batch":[{"writeKey":"other"}]}"""));
        Assert.Equal("k", KeyOf("""{"batch":[{},7,{"writeKey":"k"},{"writeKey":"k"}]}"""));
        Assert.Null(KeyOf("""{"writeKey":7,"batch":[{"writeKey":""}]}"""));
    }

    private static string? KeyOf(string body)
    {
        Assert.True(Sojourn.Ingest.Segment.SegmentBody.TryRead(
            System.Text.Encoding.UTF8.GetBytes(body), null, out var read, out _));
        Assert.Null(read.FindKey(out var key));
        return key;
    }
}
