using Sojourn.Events;
using Sojourn.Ingest;
using Xunit;
using static Sojourn.Tests.Ingest.Shops.ShopDecoded;

namespace Sojourn.Tests.Ingest.Shops;

/// <summary>What WooCommerce's webhooks become.</summary>
public sealed class WooNoticeTests
{
    [Theory]
    [InlineData("checkout-draft", "checkout_updated")]
    [InlineData("pending", "checkout_updated")]
    [InlineData("failed", "checkout_updated payment_failed")]
    [InlineData("on-hold", "checkout_updated order_submitted")]
    [InlineData("processing", "checkout_updated order_submitted")]
    [InlineData("completed", "checkout_updated order_submitted")]
    [InlineData("shipped-by-yalidine", "checkout_updated order_submitted")]
    [InlineData("cancelled", "checkout_updated order_cancelled")]
    [InlineData("refunded", "checkout_updated order_submitted order_cancelled")]
    [InlineData("trash", "")]
    public void Each_status_has_its_events(string status, string names) => Assert.Equal(
        names, string.Join(' ', Woo("order.updated", WooOrder(status)).Names()));

    [Fact]
    public void A_draft_is_a_checkout_that_began() => Assert.Equal(
        ["checkout_started", "checkout_updated"],
        Woo("order.created", WooOrder("checkout-draft")).Names());

    [Fact]
    public void What_the_snippet_gave_along_joins_visitor_and_run()
    {
        var events = Woo("order.created", WooOrder("processing", Meta(Visitor, "run-1")));

        Assert.All(events, e => Assert.Equal(
            ("run-1", Visitor, "yasmine@mail.example", Trust.Verified),
            (e.Properties.Text("checkout_id"), e.AnonymousId, e.UserId, e.Trust)));
    }

    [Fact]
    public void An_address_that_was_only_typed_is_nobodys() =>
        Assert.Null(Woo("order.updated", WooOrder("pending", Meta(Visitor, "run-1")))
            .Named("checkout_updated").UserId);

    [Fact]
    public void An_order_is_the_same_event_in_every_later_status()
    {
        var first = Woo("order.created", WooOrder("on-hold")).Named("order_submitted");
        var later = Woo("order.updated", WooOrder("completed").Replace("09:06:08", "09:40:00"))
            .Named("order_submitted");

        Assert.Equal(first, later);
        Assert.Equal("2026-03-02T09:06:00", Micros.ToText(first.TimeUs)[..19]);
        Assert.Equal(
            ("727", "21600.00", "DZD", "spring"),
            (first.Properties.Text("order_id"), first.Properties.Text("total"),
                first.Properties.Text("currency"), first.Properties.Text("coupon")));
    }

    [Fact]
    public void Orders_of_two_shops_are_two()
    {
        var one = Woo("order.created", WooOrder("processing"));
        var other = Woo(
            "order.created", WooOrder("processing").Replace("58d2d042d1d", "77aa77aa77a"));

        Assert.NotEqual(one.Named("order_submitted").Id, other.Named("order_submitted").Id);
        Assert.NotEqual(
            one.Named("order_submitted").Properties.Text("checkout_id"),
            other.Named("order_submitted").Properties.Text("checkout_id"));
    }

    [Fact]
    public void The_key_of_an_order_is_kept_nowhere() => Assert.All(
        Woo("order.created", WooOrder("refunded")),
        e => Assert.DoesNotContain("58d2d042d1d", e.Id + e.Properties));

    [Fact]
    public void A_deleted_order_is_noted_and_stays_an_order()
    {
        var e = Assert.Single(Woo("order.deleted", """{"id":727}"""));

        Assert.Equal(("shop_order_deleted", "727"), (e.Name, e.Properties.Text("order_id")));
        Assert.Null(e.Properties.Text("checkout_id"));
    }

    [Fact]
    public void A_restored_order_is_what_its_status_says() => Assert.Equal(
        Woo("order.created", WooOrder("processing")).Named("order_submitted"),
        Woo("order.restored", WooOrder("processing")).Named("order_submitted"));

    [Fact]
    public void The_ping_of_a_new_webhook_tells_nothing() =>
        Assert.Empty(Woo("", "webhook_id=5"));

    [Fact]
    public void Another_topic_is_refused() => Assert.Equal(
        "topic_unknown",
        Assert.Single(Batch(HookSource.WooCommerce, "coupon.created", "{\"id\":1}").Refused)
            .Code);
}
