using System.Globalization;
using Sojourn.Ingest;
using Xunit;

namespace Sojourn.Tests.Ingest;

[Trait("Invariant", "I11")]
public sealed class EventRefusalTests
{
    private static readonly string _long = new('x', Limits.TextBytesMax);

    /// <summary>What is wrong with an event, its code and the field that is named.</summary>
    public static TheoryData<string, string, string?> Poison { get; } = new()
    {
        { """{"id":"p","person_id":"a"}""", "name_missing", "name" },
        { """{"id":"p","person_id":"a","name":" "}""", "name_missing", "name" },
        { """{"id":"p","person_id":"a","name":null}""", "name_missing", "name" },
        { """{"name":"n","person_id":"a"}""", "id_missing", "id" },
        { """{"name":"n","person_id":"a","id":""}""", "bad_id", "id" },
        { """{"name":"n","person_id":"a","id":"a b"}""", "bad_id", "id" },
        { """{"name":"n","person_id":"a","id":"é"}""", "bad_id", "id" },
        { """{"name":"n","person_id":"a","id":"😀"}""", "bad_id", "id" },
        { """{"name":"n","person_id":"a","id":"../x"}""", "bad_id", "id" },
        { """{"name":"n","person_id":"a","id":"x%00"}""", "bad_id", "id" },
        { """{"name":"n","person_id":"a","id":"\u0000"}""", "bad_id", "id" },
        { $$"""{"name":"n","person_id":"a","id":"{{new string('x', 129)}}"}""", "bad_id", "id" },
        { """{"id":"p","name":"n"}""", "person_missing", "person_id" },
        { """{"id":"p","name":"n","person_id":""}""", "person_missing", "person_id" },
        { Bad("\"received_at\":1"), "field_not_allowed", "received_at" },
        { Bad("\"status\":1"), "field_not_allowed", "status" },
        { Bad("\"verified\":true"), "field_not_allowed", "verified" },
        { Bad("\"project\":\"x\""), "field_not_allowed", "project" },
        { Bad("\"trust\":\"staff\""), "field_not_allowed", "trust" },
        { Bad("\"ip\":\"::1\""), "field_not_allowed", "ip" },
        { Bad("\"colour\":1"), "field_unknown", "colour" },
        { Bad("\"\\ud800\":1"), "field_unknown", "" },
        { Bad("\"name\":\"again\""), "duplicate_key", "name" },
        { Bad("\"n\\u0061me\":\"again\""), "duplicate_key", "name" },
        { Bad("\"seq\":1.5"), "bad_number", "seq" },
        { Bad("\"seq\":\"1\""), "type_wrong", "seq" },
        { Bad("\"time\":true"), "type_wrong", "time" },
        { Bad("\"properties\":[]"), "type_wrong", "properties" },
        { Bad("\"context\":\"x\""), "type_wrong", "context" },
        { Bad("\"context\":{\"url\":5}"), "type_wrong", "context.url" },
        { Bad("\"context\":{\"url\":\"a\",\"url\":\"b\"}"), "duplicate_key", "context.url" },
        { Bad("\"context\":{\"\\ud800\":1}"), "bad_text", "context" },
        { Bad("\"context\":{\"campaign\":{\"\\ud800\":1}}"), "bad_text", "context.campaign" },
        { Bad("\"x\":1,\"\\ud800\":\"\\ud800\",\"\\udc00\":{}"), "field_unknown", "x" },
        { Bad("\"context\":{\"locale\":\"\\ud800\"}"), "bad_text", "context.locale" },
        { Bad("\"anonymous_id\":\"\\u0000\""), "bad_text", "anonymous_id" },
        { Properties("\"a\":\"\\ud800\""), "bad_text", "properties.a" },
        { Properties("\"a\":\"\\ud800\\ud800\""), "bad_text", "properties.a" },
        { Properties("\"a\":\"\\udc00 low first\""), "bad_text", "properties.a" },
        { Properties("\"a\":{\"b\":[\"\\u0000\"]}"), "bad_text", "properties.a" },
        { Properties("\"\\ud800\":1"), "bad_text", "properties" },
        { Properties("\"a\":{\"\\u0000\":1}"), "bad_text", "properties.a" },
        { Properties("\"a\":1e999999"), "bad_number", "properties.a" },
        { Properties("\"a\":-1e400"), "bad_number", "properties.a" },
        { Properties("\"a\":1e-999999"), "bad_number", "properties.a" },
        { Properties($"\"a\":{new string('9', 1000)}"), "bad_number", "properties.a" },
        { Properties("\"a\":1,\"a\":2"), "duplicate_key", "properties.a" },
        { Properties("\"a\":1,\"b\":2,\"\\u0061\":2"), "duplicate_key", "properties.a" },
        { Properties("\"z\":{\"a\":1,\"a\":1}"), "duplicate_key", "properties.z" },
        { Properties($"\"{new string('k', 129)}\":1"), "key_too_long", "properties" },
        { Properties($"\"a\":\"{_long}x\""), "text_too_long", "properties.a" },
        { Properties($"\"a\":\"{_long}\\n\""), "text_too_long", "properties.a" },
        { Properties($"\"a\":[{Many(257)}]"), "array_too_long", "properties.a" },
        { Properties(Members(257)), "too_many_properties", null },
        { Properties($"\"a\":{{{Members(257)}}}"), "too_many_properties", "properties.a" },
        { Bad($"\"name\":\"{new string('n', 201)}\"", name: ""), "text_too_long", "name" },
        { Bad($"\"anonymous_id\":\"{new string('n', 257)}\""), "text_too_long", "anonymous_id" },
        { Properties(Large()), "event_too_large", null },
        { "[]", "json_not_object", null },
        { "null", "json_not_object", null },
        { "5", "json_not_object", null },
    };

    [Theory]
    [MemberData(nameof(Poison))]
    public void A_bad_event_is_refused_wherever_it_stands_and_never_stops_the_rest(
        string poison, string code, string? field)
    {
        for (var place = 0; place < 3; place++)
        {
            var items = new List<string>
            {
                """{"id":"g1","name":"n","person_id":"a"}""",
                """{"id":"g2","name":"n","person_id":"a"}""",
            };
            items.Insert(place, poison);
            var batch = Decoded.Batch($"[{string.Join(',', items)}]");

            Assert.Equal(["g1", "g2"], batch.Events.Select(e => e.Id));
            var refusal = Assert.Single(batch.Refused);
            Assert.Equal((place, code), (refusal.Index, refusal.Code));
            if (code is not "too_many_properties" || field is not null)
                Assert.Equal(field, refusal.Field);
        }
    }

    [Theory]
    [MemberData(nameof(Poison))]
    public void Events_around_a_bad_line_are_taken(string poison, string code, string? field)
    {
        _ = field;
        const string Good = """{"id":"g1","name":"n","person_id":"a"}""";

        var batch = Decoded.Batch($"{Good}\n{poison}\n{Good}");

        Assert.Equal([0, 2], batch.Indexes);
        Assert.Equal([code], batch.Refused.Select(r => r.Code));
    }

    [Fact]
    public void What_is_just_within_the_limits_is_taken()
    {
        Decoded.Event(Properties($"\"a\":\"{_long}\""));
        Decoded.Event(Properties($"\"{new string('k', 128)}\":1"));
        Decoded.Event(Properties($"\"{new string('é', 128)}\":1"));
        Decoded.Event(Properties($"\"a\":[{Many(256)}]"));
        Decoded.Event(Properties(Members(256)));
        Decoded.Event(Properties($"\"a\":1{new string('0', 300)},\"b\":0e-5000,\"c\":1e308"));
        Decoded.Event(Bad($"\"name\":\"{new string('n', 200)}\"", name: ""));
        Decoded.Event(
            $$"""{"name":"n","person_id":"a","id":"{{new string('x', 128)}}"}""");
        Decoded.Event(Properties("\"__proto__\":1,\"\":2,\"constructor\":{\"toString\":3}"));
        Decoded.Event(Properties("\"a\":\"\\ud83d\\ude00 \\\\u0000\""));
    }

    [Theory]
    [InlineData("checkout_id")]
    [InlineData("cart_token")]
    [InlineData("order_id")]
    public void A_key_of_a_kind_names_who_it_is_about(string property)
    {
        var e = Decoded.Event(
            $$$"""{"id":"p","name":"n","properties":{"{{{property}}}":"k"}}""");

        Assert.Null(e.Stream);
    }

    [Fact]
    public void The_id_is_named_also_when_it_comes_behind_the_fault()
    {
        var refusal = Decoded.Refusal(
            """{"colour":{"id":"inner"},"name":"n","id":"p7","person_id":"a"}""");

        Assert.Equal("p7", refusal.Id);
    }

    [Fact]
    public void An_event_before_retention_is_refused()
    {
        var keep = Decoded.Server with { RetentionFromUs = Some.Us(-10) };

        Assert.Equal("before_retention", Decoded.Refusal(
            Decoded.With("\"time\":\"2026-03-02T09:49:59.999Z\""), keep).Code);
        Decoded.Event(Decoded.With("\"time\":\"2026-03-02T09:50:00Z\""), keep);
    }

    [Fact]
    public void A_refusal_keeps_the_start_of_the_event_without_personal_data()
    {
        var refusal = Decoded.Refusal(Bad(
            "\"x\":\"mail ada@example.com call +213 (661) 12-34-56 card 4111 1111 1111 1111\","
            + $"\"y\":\"{new string('z', 3000)}\""));

        Assert.DoesNotContain("ada@example.com", refusal.BodyStart, StringComparison.Ordinal);
        Assert.DoesNotContain("34-56", refusal.BodyStart, StringComparison.Ordinal);
        Assert.DoesNotContain("1111", refusal.BodyStart, StringComparison.Ordinal);
        Assert.StartsWith("{\"id\":\"p\"", refusal.BodyStart, StringComparison.Ordinal);
        Assert.InRange(refusal.BodyStart.Length, 1000, Limits.RefusedCharsMax);
    }

    [Fact]
    public void Every_code_has_its_own_name_and_says_what_to_do()
    {
        Assert.Equal(
            RefusalCodes.All.Count, RefusalCodes.All.Select(c => c.Code).Distinct().Count());
        Assert.Equal(
            typeof(RefusalCodes).GetFields().Length, RefusalCodes.All.Count);
        Assert.All(RefusalCodes.All, c => Assert.EndsWith(".", c.Title + c.Hint));
    }

    private static string Bad(string members, string name = "\"name\":\"n\",") =>
        $$"""{"id":"p",{{name}}"person_id":"a",{{members}}}""";

    private static string Properties(string members) => Bad($"\"properties\":{{{members}}}");

    private static string Many(int count) =>
        string.Join(',', Enumerable.Range(0, count));

    private static string Members(int count) => string.Join(
        ',',
        Enumerable.Range(0, count).Select(
            i => $"\"k{(count - i).ToString(CultureInfo.InvariantCulture)}\":1"));

    private static string Large() => string.Join(
        ',', Enumerable.Range(0, 9).Select(i => $"\"k{i}\":\"{_long}\""));
}
