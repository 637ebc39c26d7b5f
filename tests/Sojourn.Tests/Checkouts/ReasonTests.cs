using Sojourn.Events.Rules;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Reasons;
using Xunit;
using static Sojourn.Tests.Checkouts.Forms;

namespace Sojourn.Tests.Checkouts;

public sealed class ReasonTests
{
    [Fact]
    public void A_shopping_agent_that_says_why_is_believed()
    {
        var e = At(5, "checkout_intent", "'reason':'returns_policy','summary':'No returns'");

        var why = Why(Started(), e);

        Assert.Equal(("returns_policy", 1.00m), (why.Code, why.Confidence));
        Assert.Equal((e.Id, "No returns"), (why.Evidence[0].EventId, why.Evidence[0].Text));
    }

    [Fact]
    public void A_reason_nobody_knows_counts_as_another_one() =>
        Assert.Equal("other", Why(Started(), At(5, "checkout_intent", "'reason':'x'")).Code);

    [Theory]
    [InlineData("card_declined", 0.97)]
    [InlineData("insufficient_funds", 0.97)]
    [InlineData("timeout", 0.90)]
    public void A_payment_that_failed_is_the_reason(string code, double confidence) =>
        Assert.Equal(
            ("payment_failed", (decimal)confidence),
            Told(Started(), At(5, "payment_failed", $"'code':'{code}'")));

    [Fact]
    public void A_refused_code_is_coupon_friction() => Assert.Equal(
        ("coupon_friction", 0.92m), Told(Started(), Coupon(5, accepted: false)));

    [Fact]
    public void A_code_accepted_after_one_refused_is_no_friction() => Assert.NotEqual(
        0.92m, Told(Started(), Coupon(5, false), Coupon(9, true)).Item2);

    [Fact]
    public void A_coupon_field_touched_last_may_be_the_reason() => Assert.Equal(
        ("coupon_friction", 0.55m), Told(Started(), Filled(5, "name"), Filled(6, "promo_code"),
            Filled(7, "card"), Filled(8, "promo_code")));

    [Theory]
    [InlineData(674, "unknown")]
    [InlineData(675, "shipping_cost")]
    public void A_fee_is_high_from_15_percent_of_the_cart(int fee, string reason) => Assert.Equal(
        reason, Why(Started(0, Product), Fee(1, fee), Filled(90, "name"), Filled(91, "card"),
            Unpaid).Code);

    [Theory]
    [InlineData("address", 40, 0.88)]
    [InlineData("name", 29, 0.88)]
    [InlineData("name", 90, 0.70)]
    public void A_high_fee_is_surer_when_left_at_shipping_or_right_after_it(
        string last, int second, double confidence) => Assert.Equal(
        ("shipping_cost", (decimal)confidence),
        Told(Started(0, Product), Fee(1, 900), Filled(2, "card"), Filled(second, last)));

    [Fact]
    public void The_fee_is_evidence_with_its_share()
    {
        var fee = Fee(1, 900);

        var sign = Assert.Single(Why(Started(0, Product), fee).Evidence);

        Assert.Equal((fee.Id, 20L, "900.00"), (sign.EventId, sign.Number, sign.Amount?.Amount));
    }

    [Fact]
    public void A_field_that_was_refused_and_not_put_right_is_form_friction() => Assert.Equal(
        ("form_friction", 0.86m), Told(Started(), Filled(3, "name"), Refused(5, "phone")));

    [Fact]
    public void A_field_put_right_is_no_friction() => Assert.NotEqual(
        "form_friction", Why(Started(), Refused(5, "phone"), Filled(9, "phone")).Code);

    [Theory]
    [InlineData(30_000, "unknown")]
    [InlineData(30_001, "form_friction")]
    public void A_look_of_more_than_30_seconds_at_a_field_left_empty_is_friction(
        int ms, string reason) => Assert.Equal(
        reason, Why(Started(), Filled(1, "name"), Focus(2, "address"), Dwell(40, "address", ms),
            Filled(41, "card"), Filled(92, "name")).Code);

    [Theory]
    [InlineData(11, "address", 0)]
    [InlineData(12, "address", 0.86)]
    [InlineData(12, "name", 0.72)]
    public void Twelve_days_are_long(int days, string last, double confidence)
    {
        var found = Of(
            Started(), At(1, "checkout_updated", $"'shipping':{{'days':{days}}}}}"),
            Filled(2, "card"), Filled(50, last)).Reason!;

        var slow = found.Alternatives.Prepend(found.Shown)
            .FirstOrDefault(one => one.Code == "delivery_time");
        Assert.Equal((decimal)confidence, slow?.Confidence ?? 0);
    }

    [Fact]
    public void A_region_nobody_delivers_to_is_the_reason() => Assert.Equal(
        ("delivery_unavailable", 0.84m),
        Told(Started(), At(1, "checkout_updated", "'shipping':{'available':false}")));

    [Fact]
    public void Two_payment_methods_tried_are_a_choice_that_is_hard() => Assert.Equal(
        ("payment_choice", 0.74m), Told(Started(), Method(4, "card"), Method(6, "cod")));

    [Fact]
    public void Stopping_at_payment_is_a_weaker_sign_of_it() => Assert.Equal(
        ("payment_choice", 0.68m), Told(Started(), Filled(1, "name"), Focus(4, "card")));

    [Fact]
    public void Card_fields_refused_stand_beside_the_friction_they_are()
    {
        var found = Of(Started(), Filled(1, "name"), Refused(5, "card")).Reason!;

        Assert.Equal("form_friction", found.Shown.Code);
        Assert.Contains(found.Alternatives,
            one => (one.Code, one.Confidence) == ("payment_choice", 0.82m));
    }

    [Fact]
    public void A_thing_out_of_stock_is_waited_for() => Assert.Equal(
        ("stock_wait", 0.80m),
        Told(Started(), At(3, "checkout_signal", "'kind':'stock','target':'teapot'")));

    [Theory]
    [InlineData(16, 16, "comparison")]
    [InlineData(16, 15, "unknown")]
    public void Away_twice_for_more_than_15_seconds_is_comparing(
        int first, int second, string reason) => Assert.Equal(
        reason, Why(Started(), Filled(1, "name"), At(10, "page_hidden"),
            At(10 + first, "page_visible"), At(50, "page_hidden"),
            At(50 + second, "page_visible"), Filled(90, "address")).Code);

    [Fact]
    public void Copied_text_is_comparing() => Assert.Equal(
        ("comparison", 0.66m), Told(Started(), At(3, "checkout_signal", "'kind':'copy'")));

    [Theory]
    [InlineData(4_999, "unknown")]
    [InlineData(5_000, "price_shock")]
    public void Five_seconds_on_the_total_and_gone_is_a_shock(int ms, string reason) =>
        Assert.Equal(reason, Why(
            Started(), Filled(1, "name"), Filled(2, "address"), Dwell(9, "total", ms)).Code);

    [Fact]
    public void Hidden_and_never_back_is_distraction() => Assert.Equal(
        ("distracted", 0.50m),
        Told(Started(), Filled(1, "name"), Filled(2, "address"), At(9, "page_hidden")));

    [Fact]
    public void Never_past_the_first_section_is_little_intent() => Assert.Equal(
        ("low_intent", 0.45m), Told(Started(), Filled(1, "name"), Filled(2, "phone")));

    [Fact]
    public void Without_any_sign_it_is_unknown() => Assert.Equal(
        ("unknown", 0.25m), Told(Started(), Filled(1, "name"), Filled(2, "address")));

    [Fact]
    public void Of_equally_sure_reasons_the_first_of_the_table_is_shown_then_the_others()
    {
        var found = Of(
            Started(), Coupon(1, false), Refused(2, "phone"), Method(3, "card"),
            Method(4, "cod"), At(5, "checkout_signal", "'kind':'copy'")).Reason!;

        Assert.Equal("coupon_friction", found.Shown.Code);
        Assert.Equal(
            ["form_friction", "payment_choice", "comparison"],
            found.Alternatives.Select(one => one.Code));
    }

    [Fact]
    public void An_order_needs_no_reason() => Assert.Null(Of(Started(), Order(5)).Reason);

    [Fact]
    public void A_project_has_rules_of_its_own_and_their_version_is_told()
    {
        var settings = With("reasons", """
            {"rules":[{"signal":"copied","reason":"price_sensitivity","confidence":0.4}]}
            """);

        var checkout = (Checkout)Session(
            settings, Started(), At(3, "checkout_signal", "'kind':'copy'")).Detail!;

        Assert.Equal("price_sensitivity", checkout.Reason!.Shown.Code);
        Assert.Equal(3, checkout.Reason.RulesVersion);
    }

    [Theory]
    [InlineData("""{"rules":[]}""", "rule_invalid")]
    [InlineData("""{"rules":[{"signal":"x","reason":"other","confidence":1}]}""", "rule_invalid")]
    [InlineData("""{"rules":[{"signal":"fee","reason":"x","confidence":1}]}""", "rule_invalid")]
    [InlineData("""{"rules":[{"signal":"fee","reason":"other","confidence":2}]}""",
        "rule_invalid")]
    [InlineData("""
        {"rules":[{"signal":"copied","reason":"other","confidence":0.9},
                  {"signal":"copied","reason":"other","confidence":0.5}]}
        """, "rule_never_matches")]
    public void Rules_that_cannot_work_are_named(string json, string code)
    {
        Assert.False(RuleJson.TryRead<ReasonSet>(json, out _, out var fault));
        Assert.Equal(code, fault.Code);
    }

    private const string Product = "'product':{'name':'Teapot','price':4500}";

    // An order that was begun and never paid keeps the last touch out of payment.
    private static Sojourn.Events.Event Unpaid => Filled(92, "address");

    private static (string, decimal) Told(params Sojourn.Events.Event[] events)
    {
        var why = Why(events);
        return (why.Code, why.Confidence);
    }

    private static Sojourn.Events.Event Coupon(double second, bool accepted) => At(
        second, "checkout_coupon",
        $"'code':'SALE','accepted':{(accepted ? "true" : "false")}");

    private static Sojourn.Events.Event Fee(double second, int fee) => At(
        second, "checkout_updated", $"'shipping':{{'fee':{fee}}}}},'currency':'DZD'");

    private static Sojourn.Events.Event Refused(double second, string field) =>
        At(second, "checkout_error", $"'field':'{field}','code':'invalid'");

    private static Sojourn.Events.Event Focus(double second, string field) => At(
        second, "checkout_field", $"'field':'{field}','action':'focus','filled':false");

    private static Sojourn.Events.Event Dwell(double second, string target, int ms) => At(
        second, "checkout_signal", $"'kind':'dwell','target':'{target}','ms':{ms}");

    private static Sojourn.Events.Event Method(double second, string method) => At(
        second, "checkout_signal", $"'kind':'payment_method','target':'{method}'");
}
