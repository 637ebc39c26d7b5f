using System.Text;
using System.Text.Json.Nodes;
using Sojourn.Ingest;
using Sojourn.Ingest.Shops;
using Xunit;
using static Sojourn.Tests.Ingest.Shops.ShopDecoded;

namespace Sojourn.Tests.Ingest.Shops;

/// <summary>Whatever a shop sends, nothing throws, and what can be read is read.</summary>
public sealed class ShopPoisonTests
{
    private static readonly (HookSource Source, string Topic, string Body)[] _samples =
    [
        (HookSource.Shopify, "checkouts/create", Checkout(Attributes(Visitor, "run-1"))),
        (HookSource.Shopify, "orders/cancelled", Order(Attributes(Visitor, "run-1"))),
        (HookSource.WooCommerce, "order.created", WooOrder("refunded", Meta(Visitor, "run-1"))),
    ];

    private static readonly string[] _odd =
    [
        "null", "true", "{}", "[]", "[null]", "[[]]", "-1", "1e400", "\"\"", "\" \"", "\"x\"",
        "{\"value\":\"DZD\"}", "[{\"name\":7,\"value\":{}}]", "\"-5.00\"", "\"+213 (0) x\"",
    ];

    [Fact]
    public void No_member_of_any_odd_sort_stops_a_body_from_being_answered()
    {
        foreach (var (source, topic, sample) in _samples)
        {
            foreach (var member in JsonNode.Parse(sample)!.AsObject().Select(one => one.Key))
            {
                foreach (var odd in _odd)
                {
                    var body = JsonNode.Parse(sample)!.AsObject();
                    body[member] = JsonNode.Parse(odd);
                    var batch = Batch(source, topic, body.ToJsonString());
                    Assert.True(
                        batch.Events.Count + batch.Refused.Count > 0, $"{member}: {odd}");
                }
            }
        }
    }

    [Fact]
    public void Odd_objects_for_phone_and_currency_lose_these_two_alone()
    {
        var told = Shopify("checkouts/update", Checkout()
            .Replace("\"currency\":\"DZD\",\"phone\":null",
                "\"currency\":{\"code\":\"DZD\"},\"phone\":{\"number\":7}"))
            .Named("checkout_updated");

        Assert.Null(told.Properties.Get("currency"));
        Assert.Equal("21600.00", told.Properties.Text("total"));
        Assert.Equal(
            "0551 23 45 67",
            told.Properties.Get("customer")!.Value.GetProperty("phone").GetString());
    }

    [Theory]
    [InlineData("call me")]
    [InlineData("0551-23-45-6789012345678901234567890")]
    public void A_malformed_phone_is_kept_as_it_was_told(string phone) => Assert.Equal(
        phone,
        Shopify("checkouts/update", Checkout().Replace("0551 23 45 67", phone))
            .Named("checkout_updated").Properties.Get("customer")!.Value
            .GetProperty("phone").GetString());

    [Fact]
    public void More_items_than_an_event_holds_lose_no_checkout()
    {
        var many = string.Join(',', Enumerable.Repeat("{\"title\":\"Boots\"}", 400));

        var told = Shopify("checkouts/update", Checkout($"\"line_items\":[{many}]"))
            .Named("checkout_updated");

        Assert.Equal(100, told.Properties.Get("items")!.Value.GetArrayLength());
    }

    [Theory]
    [InlineData("", "json_invalid")]
    [InlineData("{", "json_invalid")]
    [InlineData("{} {}", "json_invalid")]
    [InlineData("""{"id":"\ud800"}""", "bad_text")]
    [InlineData("""{"\ud800":1}""", "bad_text")]
    public void What_is_no_text_is_refused_as_a_whole(string body, string code)
    {
        Assert.False(ShopBody.TryDecode(
            Encoding.UTF8.GetBytes(body),
            new(HookSource.Shopify, "orders/create", null, null),
            Decoded.Server, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("null")]
    public void What_is_no_object_is_listed(string body) => Assert.Equal(
        "json_not_object",
        Assert.Single(Batch(HookSource.Shopify, "orders/create", body).Refused).Code);
}
