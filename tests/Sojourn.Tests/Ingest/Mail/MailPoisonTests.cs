using System.Text;
using Sojourn.Ingest;
using Sojourn.Ingest.Mail;
using Xunit;
using static Sojourn.Tests.Ingest.Mail.MailDecoded;

namespace Sojourn.Tests.Ingest.Mail;

/// <summary>Whatever a notice holds, it harms neither its neighbours nor the server.</summary>
[Trait("Invariant", "I11")]
public sealed class MailPoisonTests
{
    // Pieces that have broken parsers before.
    private static readonly string[] _pieces =
    [
        "\\ud800", "\\udc00", "\\u0000", "\\", "\"", "{", "}", "[", "]", ",", ":", "null", "1e999",
        "-", "\n", "\uFEFF", "\"event\":", "\"\\ud800\":", "\"\\u0065vent\":1,", "[]", "1e-999",
    ];

    /// <summary>What is wrong with an item of SendGrid's, its code and the field named.</summary>
    public static TheoryData<string, string, string?> Poison { get; } = new()
    {
        { "7", "json_not_object", null },
        { "[]", "json_not_object", null },
        { "{}", "id_missing", "sg_event_id" },
        { Without("event"), "name_missing", "event" },
        { SendGrid(""), "name_missing", "event" },
        { With("event", "7"), "type_wrong", "event" },
        { With("event", "\"\\ud800\""), "name_missing", "event" },
        { Without("sg_event_id"), "id_missing", "sg_event_id" },
        { With("sg_event_id", "\"\""), "id_missing", "sg_event_id" },
        { With("sg_event_id", "{}"), "id_missing", "sg_event_id" },
        { Without("timestamp"), "time_invalid", "timestamp" },
        { With("timestamp", "\"today\""), "time_invalid", "timestamp" },
        { With("timestamp", "1e999"), "time_invalid", "timestamp" },
        { With("timestamp", "1" + new string('0', 100)), "time_invalid", "timestamp" },
        { With("timestamp", "99999999999999"), "time_invalid", "timestamp" },
        { With("timestamp", "{}"), "time_invalid", "timestamp" },
        { Without("email"), "person_missing", "email" },
        { With("email", "\"nobody\""), "person_missing", "email" },
        { With("email", "7"), "type_wrong", "email" },
        { With("email", "\"\\ud800\""), "bad_text", "email" },
        { With("email", $"\"{new string('a', 300)}@b.c\""), "text_too_long", "user_id" },
        { SendGrid("open", "\"user_id\":{}"), "type_wrong", "user_id" },
        { SendGrid("open", "\"ip\":7"), "type_wrong", "ip" },
        { SendGrid("open", "\"useragent\":[]"), "type_wrong", "useragent" },
        { SendGrid("open", "\"useragent\":\"\\udc00\""), "bad_text", "useragent" },
        { SendGrid("open", "\"event\":\"click\""), "duplicate_key", "event" },
        { SendGrid("open", "\"x\":\"\\ud800\""), "bad_text", "x" },
        { SendGrid("open", "\"x\":1e999"), "bad_number", "x" },
        { SendGrid("open", "\"category\":\"\\ud800\""), "bad_text", "category" },
        { SendGrid("open", $"\"x\":{new string('[', 20)}{new string(']', 20)}"),
            "json_too_deep", "x" },
        { SendGrid("open", Many(300)), "too_many_properties", null },
        { SendGrid("open", Large()), "event_too_large", null },
    };

    [Theory]
    [MemberData(nameof(Poison))]
    public void A_poisoned_item_is_named_and_its_neighbours_are_stored(
        string item, string code, string? field)
    {
        var good = SendGrid("delivered");
        var batch = Batch(
            HookSource.SendGrid, $"[{good},{item},{good.Replace("\"e1\"", "\"e2\"")}]");

        Assert.Equal(["sendgrid-e1", "sendgrid-e2"], batch.Events.Select(one => one.Id));
        var refused = Assert.Single(batch.Refused);
        Assert.Equal((1, code, field), (refused.Index, refused.Code, refused.Field));
    }

    [Theory]
    [InlineData("\"Metadata\":7", "type_wrong", "Metadata")]
    [InlineData("\"Metadata\":{\"a\":1,\"a\":2}", "duplicate_key", "Metadata.a")]
    [InlineData("\"Metadata\":{\"user_id\":[]}", "type_wrong", "Metadata.user_id")]
    [InlineData("\"Geo\":\"x\"", "type_wrong", "Geo")]
    [InlineData("\"Geo\":{\"IP\":7}", "type_wrong", "Geo.IP")]
    [InlineData("\"Recipient\":\"Bo@b.c\"", "duplicate_key", "Recipient")]
    public void A_poisoned_record_of_Postmarks_is_named(
        string member, string code, string field) =>
        Assert.Equal((code, field), Refusal(HookSource.Postmark, Postmark("Open", member)));

    [Theory]
    [InlineData("\"user-variables\":\"x\"", "type_wrong", "event-data.user-variables")]
    [InlineData("\"user-variables\":{\"user_id\":{}}", "type_wrong",
        "event-data.user-variables.user_id")]
    [InlineData("\"geolocation\":7", "type_wrong", "event-data.geolocation")]
    [InlineData("\"client-info\":7", "type_wrong", "event-data.client-info")]
    [InlineData("\"ip\":{}", "type_wrong", "event-data.ip")]
    public void A_poisoned_event_of_Mailguns_is_named(
        string member, string code, string field) =>
        Assert.Equal((code, field), Refusal(HookSource.Mailgun, Mailgun("opened", member)));

    [Theory]
    [InlineData("{\"event-data\":7}", "type_wrong", "event-data")]
    [InlineData("{\"event-data\":{}}", "id_missing", "event-data.id")]
    [InlineData("{}", "no_events", "event-data")]
    public void A_body_of_Mailguns_without_an_event_is_named(
        string body, string code, string field) =>
        Assert.Equal((code, field), Refusal(HookSource.Mailgun, body));

    [Theory]
    [InlineData("", "json_invalid")]
    [InlineData("[", "json_invalid")]
    [InlineData("[] []", "json_invalid")]
    [InlineData("{\"a\":}", "json_invalid")]
    public void A_body_that_is_no_json_is_refused_as_a_whole(string body, string code) =>
        Assert.Equal(code, Refused(HookSource.SendGrid, body).Code);

    [Fact]
    public void A_body_that_is_nested_without_end_is_refused_as_a_whole() =>
        Assert.Equal("json_too_deep", Refused(
            HookSource.SendGrid, new string('[', 100_000)).Code);

    [Fact]
    public void More_items_than_a_body_may_have_are_refused() =>
        Assert.Equal("too_many_events", Refused(
            HookSource.SendGrid, $"[{string.Join(',', Enumerable.Repeat("{}", 2_501))}]").Code);

    [Fact]
    public void No_piece_anywhere_breaks_the_decoders()
    {
        var random = new Random(4);
        foreach (var (source, whole) in new[]
        {
            (HookSource.SendGrid, $"[{SendGrid("click", "\"url\":\"x\"", "\"category\":[1]")}]"),
            (HookSource.Postmark, Postmark("Open", "\"Geo\":{\"IP\":\"::1\"}")),
            (HookSource.Mailgun, Mailgun("opened", "\"client-info\":{\"bot\":\"x\"}")),
        })
        {
            for (var i = 0; i < 2_000; i++)
            {
                var at = random.Next(whole.Length + 1);
                var cut = random.Next(3) == 0 ? random.Next(whole.Length - at + 1) : 0;
                var body = Encoding.UTF8.GetBytes(
                    whole[..at] + _pieces[random.Next(_pieces.Length)] + whole[(at + cut)..]);

                MailBody.TryDecode(body, source, Decoded.Server, out var batch, out var refusal);
                MailgunSignature.In(body);

                Assert.True(batch is not null ^ refusal is not null);
                Assert.All(batch?.Events ?? [], e => Assert.True(EventIds.IsUsable(e.Id)));
            }
        }
    }

    private static string Without(string name) =>
        SendGrid("open").Replace($"\"{name}\"", "\"x\"");

    private static string With(string name, string value) =>
        SendGrid("open").Replace($"\"{name}\"", "\"x\"").TrimEnd('}') + $",\"{name}\":{value}}}";

    private static string Many(int count) =>
        string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\":1"));

    private static string Large() => string.Join(
        ',', Enumerable.Range(0, 9).Select(i => $"\"p{i}\":\"{new string('x', 8_000)}\""));
}
