using System.Text.Json.Nodes;
using Sojourn.Events;
using Sojourn.Ingest;
using Xunit;
using static Sojourn.Tests.Ingest.Shops.ShopDecoded;

namespace Sojourn.Tests.Ingest.Shops;

/// <summary>What Shopify's webhooks become.</summary>
public sealed class ShopifyNoticeTests
{
    [Fact]
    public void A_new_checkout_is_started_and_told()
    {
        var events = Shopify("checkouts/create", Checkout(Attributes(Visitor, "run-1")));

        Assert.Equal(["checkout_started", "checkout_updated"], events.Names());
        Assert.All(events, e => Assert.Equal(
            ("run-1", Visitor, null, Trust.Verified),
            (e.Properties.Text("checkout_id"), e.AnonymousId, e.UserId, e.Trust)));
        Assert.Equal(
            ["2026-03-02T09:00:00.000Z", "2026-03-02T09:04:30.000Z"],
            events.Select(e => Micros.ToText(e.TimeUs)));
    }

    [Fact]
    public void What_a_checkout_says_is_kept_in_our_words()
    {
        var told = Shopify("checkouts/update", Checkout()).Named("checkout_updated");

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                {"provider":"shopify","checkout_id":"chk_b1","cart":"cart_68",
                 "customer":{"name":"Yasmine Benali","phone":"0551 23 45 67",
                  "email":"Yasmine@Mail.Example","wilaya":"Alger","city":"Alger Centre",
                  "address":"12 rue Didouche, Apt 4"},
                 "items":[{"id":"632","name":"Boots","variant":"Brown / 44",
                  "variant_id":"49148385","sku":"BRN-44","quantity":"2","price":"10500.00"}],
                 "shipping":{"method":"Yalidine","fee":"600.00"},
                 "restore_url":"https://atlas.myshopify.com/548/checkouts/chk_b1/recover?key=0d",
                 "total":"21600.00","currency":"DZD","coupon":"SPRING"}
                """),
            JsonNode.Parse(told.Properties.ToString())),
            told.Properties.ToString());
    }

    [Fact]
    public void A_completed_checkout_is_no_order() => Assert.Equal(
        ["checkout_updated"],
        Shopify("checkouts/update", Checkout("\"completed_at\":\"2026-03-02T10:06:00+01:00\"")
            .Replace("\"completed_at\":null,", "")).Names());

    [Fact]
    public void An_order_is_the_same_event_whatever_tells_of_it()
    {
        var created = Shopify("orders/create", Order()).Named("order_submitted");
        var paid = Shopify("orders/paid", Order()
            .Replace("\"pending\"", "\"paid\"").Replace("10:06:01", "10:09:00"));
        var updated = Shopify("orders/updated", Order()
            .Replace("\"current_total_price\":\"21600.00\"", "\"current_total_price\":\"100\""));

        Assert.Equal(
            ("shopify-order_submitted-450789469", "yasmine@mail.example"),
            (created.Id, created.UserId));
        Assert.Equal("2026-03-02T09:06:00", Micros.ToText(created.TimeUs)[..19]);
        Assert.Equal(created.Properties, paid.Named("order_submitted").Properties);
        Assert.Equal(created, updated.Named("order_submitted"));
        Assert.Equal(
            Shopify("orders/create", Order()).Named("checkout_updated").Id,
            paid.Named("checkout_updated").Id);
    }

    [Fact]
    public void An_order_names_checkout_cart_worth_and_code() => Assert.Equal(
        "{\"cart\":\"cart_68\",\"checkout_id\":\"chk_b1\",\"coupon\":\"SPRING\","
            + "\"currency\":\"DZD\",\"order_id\":\"450789469\",\"order_number\":\"#1001\","
            + "\"provider\":\"shopify\",\"total\":\"21600.00\"}",
        Shopify("orders/create", Order()).Named("order_submitted").Properties.ToString());

    [Fact]
    public void An_order_by_API_is_a_checkout_of_its_own()
    {
        var order = Shopify("orders/create", Order()
            .Replace("\"checkout_token\":\"chk_b1\"", "\"checkout_token\":null"));

        Assert.Equal(
            "shopify-order-450789469",
            order.Named("order_submitted").Properties.Text("checkout_id"));
    }

    [Theory]
    [InlineData("orders/cancelled")]
    [InlineData("orders/updated")]
    public void A_cancelled_order_is_taken_back_by_nobodys_visit(string topic)
    {
        var cancelled = Shopify(topic, Order()
            .Replace("\"cancelled_at\":null", "\"cancelled_at\":\"2026-03-02T10:30:00+01:00\"")
            .Replace("\"cancel_reason\":null", "\"cancel_reason\":\"customer\""))
            .Named("order_cancelled");

        Assert.Equal(("450789469", "chk_b1", "customer", null, null), (
            cancelled.Properties.Text("order_id"), cancelled.Properties.Text("checkout_id"),
            cancelled.Properties.Text("reason"), cancelled.UserId, cancelled.AnonymousId));
        Assert.Equal("2026-03-02T09:30:00", Micros.ToText(cancelled.TimeUs)[..19]);
    }

    [Fact]
    public void A_customer_without_an_address_is_known_by_the_shops_id() => Assert.Equal(
        "shopify:7062",
        Shopify("orders/create", Order().Replace("\"Yasmine@Mail.Example\"", "null"))
            .Named("order_submitted").UserId);

    [Fact]
    public void A_cart_is_kept_for_a_visitor_and_holds_no_stock()
    {
        const string Cart =
            """
            {"id":"cart_68","token":"cart_68","note":null,"updated_at":"2026-03-02T08:59:00.5Z",
             "line_items":[{"product_id":632,"title":"Boots","quantity":1,"price":"10500.00"}]
            """;

        var known = Assert.Single(Shopify(
            "carts/update", Cart + "," + Attributes(Visitor, null) + "}"));

        Assert.Equal(("cart_updated", Visitor), (known.Name, known.AnonymousId));
        Assert.Equal("cart_68", known.Properties.Text("cart"));
        Assert.Null(known.Properties.Get("cart_token"));
        Assert.Empty(Shopify("carts/create", Cart + "}"));
    }

    [Theory]
    [InlineData("app/uninstalled", "shop_app_uninstalled", "shopify:atlas.myshopify.com")]
    [InlineData("shop/redact", "shop_closed", "shopify:atlas.myshopify.com")]
    [InlineData("customers/redact", "shop_erasure_asked", "john@example.com")]
    [InlineData("customers/data_request", "shop_export_asked", "john@example.com")]
    [InlineData("checkouts/delete", "shop_checkout_deleted", "shopify:atlas.myshopify.com")]
    public void A_notice_is_kept_and_begins_no_visit(string topic, string name, string user)
    {
        var customer = topic.StartsWith("customers/", StringComparison.Ordinal)
            ? ""","customer":{"id":191167,"email":"John@Example.com","phone":"555-625-1199"}"""
            : "";

        var e = Assert.Single(Shopify(topic, $$"""{"id":954889{{customer}}}"""));

        Assert.Equal((name, user), (e.Name, e.UserId));
        Assert.True(ShopEventNames.IsOfShop(e.Name));
    }

    [Fact]
    public void What_nobody_asked_for_is_refused_by_its_topic()
    {
        foreach (var (topic, body) in new[]
        {
            ("products/update", "{\"id\":1}"),
            ("orders/create", Checkout()), // A body sent again under another topic.
            ("checkouts/update", Order()),
        })
        {
            var batch = Batch(HookSource.Shopify, topic, body);
            Assert.Empty(batch.Events);
            Assert.Equal("topic_unknown", Assert.Single(batch.Refused).Code);
        }
    }
}
