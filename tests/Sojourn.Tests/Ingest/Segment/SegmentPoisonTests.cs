using System.Text;
using System.Text.Json;
using Sojourn.Ingest;
using Sojourn.Ingest.Segment;
using Xunit;
using static Sojourn.Tests.Ingest.Segment.SegmentDecoded;

namespace Sojourn.Tests.Ingest.Segment;

/// <summary>Whatever a message holds, it harms neither its neighbours nor the server.</summary>
[Trait("Invariant", "I11")]
public sealed class SegmentPoisonTests
{
    private const string Whole =
        """
        {"writeKey":"k","context":{"ip":"::1","page":{"url":"/a?token=1","referrer":"x"},
          "campaign":{"name":"n","z":1},"traits":{"a":[1]},"location":{"country":"dz"}},"batch":[
        {"type":"track","messageId":"m1","event":"Order Completed","userId":"ada",
         "timestamp":"2026-03-02T10:00:00Z","properties":{"order_id":"\u00e9\ud83d\ude00",
          "products":[{"name":"n","price":1e3}],"value":7,"coupon":null}},
        {"type":"identify","messageId":"m2","anonymousId":"d","traits":{"firstName":"\n",
         "lastName":"\u0022","email":{}}},
        {"type":"page","messageId":"m3","userId":7,"name":"n","context":{"page":[]}},
        {"type":"group","messageId":"m4","userId":"u","groupId":[],"traits":{}}],
        "sentAt":"2026-03-02T10:00:00Z","messageId":"b"}
        """;

    // Pieces that have broken parsers before.
    private static readonly string[] _pieces =
    [
        "\\ud800", "\\udc00", "\\u0000", "\\", "\"", "{", "}", "[", "]", ",", ":", "null", "1e999",
        "-", "\n", "\uFEFF", "\"type\":", "\"\\ud800\":", "\"\\u0074ype\":1,", "\"batch\":", "[]",
    ];

    /// <summary>What is wrong with a message, its code and the field that is named.</summary>
    public static TheoryData<string, string, string?> Poison { get; } = new()
    {
        { "7", "json_not_object", null },
        { "[]", "json_not_object", null },
        { "{}", "message_type_unknown", "type" },
        { """{"type":"delete"}""", "message_type_unknown", "type" },
        { """{"type":7}""", "message_type_unknown", "type" },
        { """{"type":"\ud800"}""", "message_type_unknown", "type" },
        { Message("track"), "name_missing", "event" },
        { Message("track", "\"event\":\"\""), "name_missing", "event" },
        { Message("track", "\"event\":{}"), "type_wrong", "event" },
        { Message("track", "\"event\":\"\\ud800\""), "bad_text", "event" },
        { Message("track", $"\"event\":\"{new string('n', 201)}\""), "text_too_long", "event" },
        { """{"type":"page","userId":"a"}""", "id_missing", "messageId" },
        { """{"type":"page","userId":"a","messageId":"a b"}""", "bad_id", "messageId" },
        { """{"type":"page","userId":"a","messageId":{}}""", "type_wrong", "messageId" },
        { """{"type":"page","messageId":"m"}""", "person_missing", "userId" },
        { """{"type":"page","messageId":"m","userId":"","anonymousId":null}""",
            "person_missing", "userId" },
        { Message("page", "\"anonymousId\":[]"), "type_wrong", "anonymousId" },
        { Message("page", "\"timestamp\":{}"), "type_wrong", "timestamp" },
        { Message("page", "\"type\":\"track\""), "duplicate_key", "type" },
        { Message("page", "\"\\u0074ype\":\"track\""), "duplicate_key", "type" },
        { Message("page", "\"properties\":7"), "type_wrong", "properties" },
        { Message("page", "\"properties\":[1]"), "type_wrong", "properties" },
        { Message("page", "\"properties\":{\"a\":1,\"a\":1}"), "duplicate_key", "properties.a" },
        { Message("page", "\"properties\":{\"a\":\"\\udc00\"}"), "bad_text", "properties.a" },
        { Message("page", "\"properties\":{\"\\udc00\":1}"), "bad_text", "properties" },
        { Message("page", "\"properties\":{\"a\":1e999}"), "bad_number", "properties.a" },
        { Message("page", $"\"properties\":{{{Members(257)}}}"), "too_many_properties",
            "properties" },
        { Message("page", $"\"properties\":{Nested(16)}"), "json_too_deep", "properties.a" },
        { Message("identify", "\"traits\":\"t\""), "type_wrong", "traits" },
        { Message("identify", "\"traits\":{\"a\":1,\"a\":2}"), "duplicate_key", "traits.a" },
        { Message("identify", "\"traits\":{\"a\":\"\\u0000\"}"), "bad_text", "traits" },
        { Message("identify", $"\"traits\":{Nested(60)}"), "json_too_deep", "traits" },
        { Message("group", "\"groupId\":\"\\ud800\""), "bad_text", "groupId" },
        { Message("alias", "\"previousId\":\"\\ud800\""), "bad_text", "previousId" },
        { Message("page", "\"context\":7"), "type_wrong", "context" },
        { Message("page", "\"context\":{\"ip\":\"a\",\"ip\":\"b\"}"), "duplicate_key",
            "context.ip" },
        { Message("page", "\"context\":{\"userAgent\":\"\\ud800\"}"), "bad_text",
            "context.userAgent" },
        { Message("page", $"\"properties\":{{{Large()}}}"), "message_too_large", null },
    };

    [Theory]
    [MemberData(nameof(Poison))]
    public void A_bad_message_is_refused_wherever_it_stands_and_never_stops_the_rest(
        string poison, string code, string? field)
    {
        for (var place = 0; place < 3; place++)
        {
            List<string> items =
            [
                """{"type":"page","messageId":"g1","userId":"a"}""",
                """{"type":"page","messageId":"g2","userId":"a"}""",
            ];
            items.Insert(place, poison);

            var batch = Batch($$"""{"batch":[{{string.Join(',', items)}}]}""");

            Assert.Equal(["g1", "g2"], batch.Events.Select(e => e.Id));
            var refusal = Assert.Single(batch.Refused);
            Assert.Equal(
                (place, code, field), (refusal.Index, refusal.Code, refusal.Field));
            Assert.StartsWith(poison[..1], refusal.BodyStart);
        }
    }

    [Fact]
    public void A_refused_message_is_named_by_its_id()
    {
        var large = Message("page", $"\"properties\":{{{Large()}}}");
        var batch = Batch($$"""{"batch":[{"type":"x","messageId":"m7"},{{large}}]}""");

        Assert.Equal(["m7", "m1"], batch.Refused.Select(refusal => refusal.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_body_makes_the_decoder_throw_or_store_what_is_not_json(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 10_000; round++)
        {
            var body = Mutated(random);
            SegmentType? type = random.Next(3) == 0 ? (SegmentType)random.Next(6) : null;
            if (!SegmentBody.TryRead(body, type, out var read, out var refusal))
            {
                Assert.InRange(refusal.Offset ?? 0, 0, body.Length);
                continue;
            }

            read.FindKey(out _);
            var admission = random.Next(2) == 0 ? Decoded.Server : Decoded.Browser;
            Assert.True(read.TryDecode(admission, out var batch, out _));
            foreach (var e in batch.Events) JsonDocument.Parse(e.Properties.Json).Dispose();
        }
    }

    [Fact]
    public void A_context_for_many_messages_does_not_grow_beyond_what_a_body_may_hold()
    {
        var traits = $"{{\"t\":\"{new string('t', 8_000)}\"}}";
        var messages = Enumerable.Range(0, 1_000)
            .Select(i => $$"""{"type":"track","messageId":"m{{i}}","userId":"a","event":"x"}""");

        var refusal = Refused($$"""
            {"context":{"traits":{{traits}} },"batch":[{{string.Join(',', messages)}}]}
            """);

        Assert.Equal("decompressed_too_large", refusal.Code);
    }

    [Fact]
    public void One_message_too_many_refuses_the_body()
    {
        var messages = Enumerable.Range(0, Limits.BatchEventsMax + 1)
            .Select(i => $$"""{"type":"page","messageId":"m{{i}}","userId":"a"}""").ToArray();

        Assert.Equal(
            "too_many_events", Refused($$"""{"batch":[{{string.Join(',', messages)}}]}""").Code);
        Assert.Equal(
            Limits.BatchEventsMax,
            Batch($$"""{"batch":[{{string.Join(',', messages[1..])}}]}""").Events.Count);
    }

    [Theory]
    [InlineData("{\"batch\":[{}]", 13)]
    [InlineData("\uFEFF{\"batch\" 1}", 12)]
    [InlineData("", 0)]
    public void A_fault_is_named_by_its_place(string body, int offset)
    {
        var refusal = Refused(body);

        Assert.Equal(("json_invalid", (long?)offset), (refusal.Code, refusal.Offset));
    }

    [Fact]
    public void A_body_nested_without_end_is_refused() =>
        Assert.Equal("json_too_deep", Refused(new string('[', 100_000)).Code);

    private static byte[] Mutated(Random random)
    {
        var text = new StringBuilder(Whole);
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(text.Length);
            if (random.Next(3) == 0)
                text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
            else
                text.Insert(at, _pieces[random.Next(_pieces.Length)]);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(8) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

        return bytes;
    }

    private static string Members(int count) =>
        string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":1"));

    private static string Nested(int levels) =>
        string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);

    private static string Large() => string.Join(
        ',', Enumerable.Range(0, 5).Select(i => $"\"k{i}\":\"{new string('x', 8_000)}\""));
}
