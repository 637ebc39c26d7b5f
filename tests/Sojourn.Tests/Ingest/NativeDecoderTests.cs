using System.Text;
using Sojourn.Events;
using Sojourn.Ingest;
using Xunit;

namespace Sojourn.Tests.Ingest;

public sealed class NativeDecoderTests
{
    private const string One = """{"id":"e1","name":"a","person_id":"ada"}""";
    private const string Two = """{"id":"e2","name":"b","person_id":"ada"}""";

    [Theory]
    [InlineData($"[{One},{Two}]")]
    [InlineData($$"""{"events":[{{One}},{{Two}}]}""")]
    [InlineData($$"""{"sent_at":"2026-03-02T10:00:00Z","events":[{{One}},{{Two}}]}""")]
    [InlineData($$"""{"events":[{{One}},{{Two}}],"sent_at":null}""")]
    [InlineData($"{One}\n{Two}")]
    [InlineData($"\n{One}\r\n\r\n{Two}\r\n")]
    [InlineData($"\uFEFF[{One},{Two}]")]
    public void Every_form_of_body_gives_the_same_events(string body)
    {
        var batch = Decoded.Batch(body);

        Assert.Equal(["e1", "e2"], batch.Events.Select(e => e.Id));
        Assert.Equal([0, 1], batch.Indexes);
        Assert.Empty(batch.Refused);
    }

    [Theory]
    [InlineData(One)]
    [InlineData($"{One}\n")]
    [InlineData("{\n  \"id\": \"e1\",\n  \"name\": \"a\",\n  \"person_id\": \"ada\"\n}\n")]
    public void One_event_alone_is_a_batch(string body) =>
        Assert.Equal("e1", Decoded.Event(body).Id);

    [Theory]
    [InlineData("", "json_invalid", 0)]
    [InlineData("  ", "json_invalid", 2)]
    [InlineData("[", "json_invalid", 1)]
    [InlineData($"[{One}", "json_invalid", 41)]
    [InlineData($"[{One}] x", "json_invalid", 43)]
    [InlineData($"{One}{Two}", "json_invalid", 40)]
    [InlineData($"[{One}][{Two}]", "json_invalid", 42)]
    [InlineData("[]", "no_events", null)]
    [InlineData("""{"events":[]}""", "no_events", null)]
    [InlineData("null", "json_not_object", 0)]
    [InlineData("17", "json_not_object", 0)]
    [InlineData("\"text\"", "json_not_object", 0)]
    [InlineData("""{"events":{}}""", "type_wrong", 10)]
    [InlineData("""{"events":[],"batch":1}""", "field_unknown", 13)]
    [InlineData("""{"events":[],"events":[]}""", "duplicate_key", 13)]
    public void A_body_that_is_no_batch_is_refused_with_the_place(
        string body, string code, int? offset)
    {
        var refusal = Decoded.Refused(body);

        Assert.Equal((code, offset), (refusal.Code, refusal.Offset));
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_with_the_place()
    {
        var body = Encoding.UTF8.GetBytes($"[{One}]");
        body[20] = 0xFF;

        Assert.Equal(
            new BodyRefusal(RefusalCodes.JsonInvalid, 20), Decoded.Refused(body));
    }

    [Fact]
    public void Utf16_is_refused() =>
        Assert.Equal("json_invalid", Decoded.Refused(Encoding.Unicode.GetBytes($"[{One}]")).Code);

    [Theory]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public void Arrays_nested_too_deep_are_refused(int levels)
    {
        var body = new string('[', levels) + new string(']', levels);

        Assert.Equal("json_too_deep", Decoded.Refused(body).Code);
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void An_event_has_sixteen_levels_with_its_own(int below, bool taken)
    {
        var value = string.Concat(Enumerable.Repeat("""{"a":""", below)) + "1"
            + new string('}', below);
        var batch = Decoded.Batch($"[{Decoded.With($"\"properties\":{value}")},{Two}]");

        Assert.Equal(taken ? ["e1", "e2"] : ["e2"], batch.Events.Select(e => e.Id));
        Assert.Equal(taken ? [] : ["json_too_deep"], batch.Refused.Select(r => r.Code));
    }

    [Fact]
    public void One_event_too_many_refuses_the_body()
    {
        var events = Enumerable.Range(0, Limits.BatchEventsMax + 1)
            .Select(i => $$"""{"id":"e{{i}}","name":"a","person_id":"p"}""").ToArray();

        Assert.Equal("too_many_events", Decoded.Refused($"[{string.Join(',', events)}]").Code);
        Assert.Equal(
            Limits.BatchEventsMax,
            Decoded.Batch($"[{string.Join(',', events[1..])}]").Events.Count);
    }

    [Fact]
    public void A_broken_line_is_refused_and_the_other_lines_are_taken()
    {
        var batch = Decoded.Batch($"{One}\n{{\"id\":\n{Two}\n{One} trailing");

        Assert.Equal(["e1", "e2"], batch.Events.Select(e => e.Id));
        Assert.Equal([0, 2], batch.Indexes);
        Assert.Equal(
            [(1, "json_invalid"), (3, "json_invalid")],
            batch.Refused.Select(r => (r.Index, r.Code)));
    }

    [Fact]
    public void All_common_fields_are_read()
    {
        var e = Decoded.Event("""
            {"id":"e1","name":"page_view","person_id":"ada","anonymous_id":"dev","seq":7,
             "time":"2026-03-02T09:59:00.123456Z","sent_at":"2026-03-02T09:59:30Z",
             "context":{"ip":"198.51.100.7","user_agent":"UA","url":"https://x.test/p",
              "referrer":"https://y.test/","locale":"fr-DZ","country":"dz","screen":{"w":1},
              "campaign":{"name":"n","source":"s","medium":"m","term":"t","content":"c"}},
             "properties":{"b":1,"a":"x"}}
            """);

        Assert.Equal(("ada", "dev", 7L), (e.UserId, e.AnonymousId, e.Seq));
        Assert.Equal(Some.Us(-1) + 123_456, e.OccurredUs);
        Assert.Equal(Some.Us(-0.5), e.SentUs);
        Assert.Equal(
            new EventContext
            {
                Ip = "198.51.100.7",
                UserAgent = "UA",
                Url = "https://x.test/p",
                Referrer = "https://y.test/",
                Locale = "fr-DZ",
                Country = "DZ",
                Campaign = new Campaign("n", "s", "m", "t", "c"),
            },
            e.Context);
        Assert.Equal("""{"a":"x","b":1}""", e.Properties.ToString());
        Assert.Equal(Trust.Verified, e.Trust);
    }

    [Fact]
    public void User_id_names_the_person_unless_person_id_does()
    {
        Assert.Equal("bob", Decoded.Event(
            """{"id":"e1","name":"a","user_id":"bob"}""").UserId);

        var both = Decoded.Event(Decoded.With("\"user_id\":\"bob\""));
        Assert.Equal("ada", both.UserId);
        Assert.Equal("bob", both.Properties.Text("user_id"));
    }

    [Fact]
    public void The_user_agent_of_an_http_library_says_nothing_about_the_visitor() =>
        Assert.Null(Decoded.Event(
            Decoded.With("\"seq\":1"),
            Decoded.Browser with { UserAgent = "curl/8.5.0" }).Context.UserAgent);

    [Fact]
    public void The_connection_speaks_for_a_browser_and_not_for_a_server()
    {
        var body = Decoded.With("\"context\":{\"ip\":\"198.51.100.7\"}");

        var browser = Decoded.Batch(body, Decoded.Browser);
        Assert.Equal("203.0.113.9", browser.Events[0].Context.Ip);
        Assert.Equal("Mozilla/5.0 (X11; Linux x86_64)", browser.Events[0].Context.UserAgent);
        Assert.Equal(
            ("field_not_allowed", "context.ip"),
            (browser.Remarks[0].Reason.Code, browser.Remarks[0].Field));

        var server = Decoded.Event(
            body, Decoded.Browser with { Trust = Trust.Verified });
        Assert.Equal("198.51.100.7", server.Context.Ip);
        Assert.Null(server.Context.UserAgent);
    }

    [Fact]
    public void An_event_without_id_gets_one_from_a_browser_or_a_named_batch_only()
    {
        const string Body = """{"name":"a","anonymous_id":"d"}""";

        Assert.Equal("id_missing", Decoded.Refusal(Body).Code);

        var made = Decoded.Batch(Body, Decoded.Browser);
        Assert.True(EventIds.IsUsable(made.Events[0].Id));
        Assert.Equal("id_made", Assert.Single(made.Remarks).Reason.Code);

        var named = Decoded.Batch(Body, Decoded.Server with { BatchId = "b7" });
        Assert.Equal("b7-0", named.Events[0].Id);
        Assert.Empty(named.Remarks);
    }

    [Fact]
    public void The_same_content_in_another_spelling_has_the_same_fingerprint()
    {
        var one = Decoded.Event(Decoded.With(
            """ "properties": {"b": {"y": 1, "x": [1, "é"]}, "a\u0062": "q\/\n"} """));
        var other = Decoded.Event(
            """
            {"properties":{"ab":"q/\u000a","b":{"x":[1,"\u00e9"],"y":1}},
            "person_id":"\u0061da","n\u0061me":"page_view","id":"e1"}
            """);

        Assert.Equal("""{"ab":"q/\n","b":{"x":[1,"é"],"y":1}}""", one.Properties.ToString());
        Assert.Equal(EventContent.FingerprintOf(one), EventContent.FingerprintOf(other));
    }

    [Fact]
    public void Numbers_are_kept_as_they_were_written()
    {
        const string Numbers =
            """{"a":9223372036854775808,"b":0.1,"c":-0,"d":1E2,"e":1.50,"f":0.30000000000000004}""";

        var e = Decoded.Event(Decoded.With($"\"properties\":{Numbers}"));
        Assert.Equal(Numbers, e.Properties.ToString());
    }
}
