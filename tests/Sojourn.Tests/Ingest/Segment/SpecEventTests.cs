using Xunit;
using static Sojourn.Tests.Ingest.Segment.SegmentDecoded;

namespace Sojourn.Tests.Ingest.Segment;

/// <summary>Segment's specs in our words.</summary>
public sealed class SpecEventTests
{
    [Theory]
    [InlineData("Product Viewed", "product_viewed")]
    [InlineData("Product Added", "product_added")]
    [InlineData("Product Removed", "product_removed")]
    [InlineData("Cart Viewed", "cart_viewed")]
    [InlineData("Checkout Started", "checkout_started")]
    [InlineData("Checkout Step Completed", "checkout_updated")]
    [InlineData("Payment Info Entered", "checkout_signal")]
    [InlineData("Coupon Applied", "checkout_coupon")]
    [InlineData("Coupon Denied", "checkout_coupon")]
    [InlineData("Order Completed", "order_submitted")]
    [InlineData("Order Cancelled", "order_cancelled")]
    [InlineData("Email Opened", "email_open")]
    [InlineData("Email Link Clicked", "email_click")]
    [InlineData("Unsubscribed", "unsubscribe")]
    [InlineData("Completed Order", "order_submitted")]
    [InlineData("order_completed", "order_submitted")]
    [InlineData("ORDER COMPLETED", "order_submitted")]
    [InlineData("Order Completed Twice", "Order Completed Twice")]
    [InlineData("Song Played", "Song Played")]
    [InlineData("order_submitted", "order_submitted")]
    public void A_name_of_the_specs_becomes_ours_and_others_stay(string theirs, string ours) =>
        Assert.Equal(ours, Event(Track(theirs)).Name);

    [Fact]
    public void A_product_keeps_its_properties()
    {
        const string Product = """{"name":"Shoe","price":19.99,"product_id":"p1"}""";

        Assert.Equal(Product, Event(Track("Product Added", Product)).Properties.ToString());
    }

    [Fact]
    public void A_checkout_has_items_and_a_total_and_is_named_after_its_order() =>
        Assert.Equal(
            """{"checkout_id":"o1","currency":"EUR","items":[{"name":"Shoe","price":19.99}],"""
            + "\"order_id\":\"o1\",\"revenue\":18,\"total\":19.99}",
            Event(Track("Checkout Started", """
                {"order_id":"o1","value":19.99,"revenue":18,"currency":"EUR",
                 "products":[{"name":"Shoe","price":19.99}]}
                """)).Properties.ToString());

    [Fact]
    public void What_is_told_in_our_words_already_stays() =>
        Assert.Equal(
            """{"checkout_id":"c1","items":[],"order_id":"o1","products":1,"total":1,"value":2}""",
            Event(Track("Order Completed", """
                {"checkout_id":"c1","order_id":"o1","total":1,"value":2,"items":[],"products":1}
                """)).Properties.ToString());

    [Fact]
    public void A_coupon_says_whether_it_was_accepted()
    {
        var applied = Event(Track("Coupon Applied",
            """{"order_id":"o1","coupon_id":"7","coupon_name":"MAY"}"""));
        var denied = Event(Track("Coupon Denied",
            """{"checkout_id":"c1","coupon":"MAY","reason":"Expired"}"""));

        Assert.Equal(
            """{"accepted":true,"checkout_id":"o1","code":"MAY","coupon_id":"7","order_id":"o1"}""",
            applied.Properties.ToString());
        Assert.Equal(
            """{"accepted":false,"checkout_id":"c1","code":"MAY","reason":"Expired"}""",
            denied.Properties.ToString());
    }

    [Fact]
    public void A_way_to_pay_is_a_signal() =>
        Assert.Equal(
            """{"checkout_id":"c1","kind":"payment_method","target":"card"}""",
            Event(Track("Payment Info Entered",
                """{"checkout_id":"c1","payment_method":"card"}""")).Properties.ToString());

    [Fact]
    public void A_property_that_is_null_is_as_good_as_absent() =>
        Assert.Equal(
            """{"checkout_id":"o1","order_id":"o1","total":5,"value":null}""",
            Event(Track("Order Completed",
                """{"checkout_id":null,"order_id":"o1","value":null,"revenue":5}"""))
                .Properties.ToString());

    [Fact]
    public void A_link_in_a_mail_has_its_address() =>
        Assert.Equal(
            """{"message_id":"m1","url":"https://a.test/"}""",
            Event(Track("Email Link Clicked",
                """{"email_id":"m1","link_url":"https://a.test/"}""")).Properties.ToString());
}
