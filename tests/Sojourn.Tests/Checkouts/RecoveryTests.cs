using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;
using Xunit;
using static Sojourn.Tests.Checkouts.Forms;
using static Sojourn.Tests.Checkouts.StatusTests;

namespace Sojourn.Tests.Checkouts;

public sealed class RecoveryTests
{
    private const double Day = 86_400;
    private const string Ten = """{"percent":10,"expires":"2026-03-05T10:00:00Z"}""";

    [Theory]
    [InlineData(7 * Day, true)]
    [InlineData(7 * Day + 1, false)]
    public void An_order_within_seven_days_of_a_contact_is_credited(double after, bool isCredited)
    {
        var credit = CreditOf("{}", [Called()], Order(700 + after));

        Assert.Equal(isCredited, credit is not null);
    }

    [Fact]
    public void The_last_contact_before_the_order_is_the_evidence()
    {
        Event[] events = [Started(), Order(5000)];
        StaffAction[] actions =
        [
            Act(700, "contact", "phone", events),
            Act(800, "contact", "whatsapp", events, by: "lea"),
            Act(6000, "contact", "sms", events),
        ];

        var credit = Detail(Dinars, actions, events).Credit!;

        Assert.Equal(
            ("contact", "a800", "lea", "whatsapp"),
            (credit.By, credit.Evidence, credit.Agent, credit.Channel));
    }

    [Fact]
    public void By_link_or_code_a_call_alone_credits_nobody() =>
        Assert.Null(CreditOf("""{"credit":"link_or_code"}""", [Called()], Order(5000)));

    [Fact]
    public void By_link_or_code_an_order_with_the_code_is_credited_to_who_offered_it()
    {
        var credit = CreditOf(
            """{"credit":"link_or_code"}""", [Offered(Ten)],
            Order(5000, more: ",'coupon':'back-10'"))!;

        Assert.Equal(("code", "BACK-10", "mia"), (credit.By, credit.Code, credit.Agent));
    }

    [Fact]
    public void A_code_that_had_expired_credits_nobody() => Assert.Null(CreditOf(
        """{"credit":"link_or_code"}""", [Offered(Ten)],
        Order(4 * Day, more: ",'coupon':'BACK-10'")));

    [Fact]
    public void By_link_or_code_a_click_on_our_link_credits()
    {
        var click = At(900, "recovery_clicked", trust: Trust.Verified);

        var credit = CreditOf("""{"credit":"link_or_code"}""", [], click, Order(5000))!;

        Assert.Equal(("link", click.Id), (credit.By, credit.Evidence));
    }

    [Fact]
    public void A_browser_cannot_claim_to_have_clicked_our_link() => Assert.Null(CreditOf(
        """{"credit":"link_or_code"}""", [], At(900, "recovery_clicked"), Order(5000)));

    [Fact]
    public void By_hand_only_staff_recover() =>
        Assert.Null(CreditOf("""{"credit":"by_hand"}""", [Called()], Order(5000)));

    [Theory]
    [InlineData("""{"days":0}""")]
    [InlineData("""{"half_life_hours":0}""")]
    [InlineData("""{"usual_order":-1}""")]
    [InlineData("""{"country":"dz"}""")]
    [InlineData("""{"credit":"luck"}""")]
    public void Settings_that_cannot_work_are_refused(string json) =>
        Assert.False(RuleJson.TryRead<RecoverySet>(json, out _, out _));

    [Fact]
    public void A_contact_moves_an_abandoned_checkout_to_contacted()
    {
        Event[] events = [Started()];

        Assert.Equal("contacted", Session(
            Dinars, [Act(700, "contact", "phone", events)], events).Lifecycle.Status);
    }

    [Fact]
    public void Writing_again_while_negotiating_keeps_negotiating()
    {
        Event[] events = [Started()];
        StaffAction[] actions =
        [
            Act(700, "contact", "phone", events), Act(710, "status", "negotiating", events),
            Act(720, "contact", "whatsapp", events),
        ];

        Assert.Equal("negotiating", Session(Dinars, actions, events).Lifecycle.Status);
    }

    [Theory]
    [InlineData("BACK-10", """{"percent":10}""", true)]
    [InlineData("BACK-10", """{"amount":"500","currency":"DZD"}""", true)]
    [InlineData("BACK-10", """{"percent":0}""", false)]
    [InlineData("BACK-10", """{"percent":101}""", false)]
    [InlineData("BACK-10", """{"percent":10,"amount":"5","currency":"DZD"}""", false)]
    [InlineData("BACK-10", """{"amount":"-5","currency":"DZD"}""", false)]
    [InlineData("BACK-10", """{"percent":10,"expires":"soon"}""", false)]
    [InlineData("B", """{"percent":10}""", false)]
    [InlineData("BACK 10", """{"percent":10}""", false)]
    [InlineData("BACK-10", "ten", false)]
    public void A_discount_has_a_code_and_one_sort_of_terms(string code, string terms, bool good)
    {
        var action = Act(700, "discount", code, [Started()], terms);

        Assert.Equal(good, Discount.Of(action) is not null);
        Assert.Equal(
            good ? null : "action_invalid", CheckoutActions.RefusalOf(null, "contacted", action));
    }

    [Fact]
    public void A_confirmed_order_brings_money_and_a_claimed_one_none()
    {
        Assert.Equal("5000.00", Value<Money?>(CheckoutFields.Revenue, [], Order(5))?.Amount);
        Assert.Null(Value<Money?>(CheckoutFields.Revenue, [], Order(5, trust: Trust.Claimed)));
    }

    [Fact]
    public void Staff_can_vouch_for_a_claimed_order() => Assert.Equal("5000.00", Value<Money?>(
        CheckoutFields.Revenue, [Act(9, "confirm", null, [Started()])],
        Order(5, trust: Trust.Claimed))?.Amount);

    [Fact]
    public void Who_can_be_reached_with_much_at_stake_goes_first()
    {
        var rich = Customer("'phone':'0551234567'", 20_000);
        var poor = Customer("'phone':'0551234567'", 900);
        var mute = Customer("'phone':'12'", 20_000);

        Assert.True(rich.UrgentUntilUs > poor.UrgentUntilUs);
        Assert.True(rich.UrgentUntilUs > mute.UrgentUntilUs);
    }

    [Fact]
    public void A_usual_order_of_a_finished_form_is_urgent_for_one_half_life()
    {
        var usual = Customer("'phone':'0551234567'", 6_500);

        Assert.Equal((0, 0), (usual.Value, usual.Reach));
        // The form is untouched, which halves it twice.
        Assert.Equal(usual.SeenUs - usual.HalfLifeUs, usual.UrgentUntilUs);
        Assert.Equal("high", Priority.LevelAt(
            usual.SeenUs, usual.UrgentUntilUs, usual.HighUntilUs, usual.MediumUntilUs));
    }

    [Fact]
    public void What_is_undone_never_was()
    {
        Event[] events = [Started()];
        var called = Act(700, "contact", "phone", events);

        var session = Session(
            Dinars, [called, Act(705, "undo", called.Id, events)], events);

        Assert.Equal("abandoned", session.Lifecycle.StatusAt(Some.Us(30)));
        Assert.Equal(2, session.Version);
    }

    [Theory]
    [InlineData(705, "mia", null)]
    [InlineData(712, "mia", null)]
    [InlineData(712.1, "mia", "undo_not_allowed")]
    [InlineData(705, "lea", "undo_not_allowed")]
    public void One_can_undo_ones_own_last_action_for_ten_seconds(
        double second, string by, string? refusal)
    {
        Event[] events = [Started()];
        var called = Act(700, "contact", "phone", events);

        Assert.Equal(refusal, Undoing.RefusalOf(
            [called], Act(second, "undo", called.Id, events, by: by), Us(second)));
    }

    [Fact]
    public void What_somebody_built_on_cannot_be_undone()
    {
        Event[] events = [Started()];
        var called = Act(700, "contact", "phone", events);
        var moved = Act(702, "status", "negotiating", events, by: "lea");

        Assert.Equal("undo_not_allowed", Undoing.RefusalOf(
            [called, moved], Act(703, "undo", called.Id, events), Some.Us(703.0 / 60)));
    }

    private static StaffAction Called() => Act(700, "contact", "phone", _first);

    private static StaffAction Offered(string terms) =>
        Act(700, "discount", "BACK-10", _first, terms);

    private static readonly Event[] _first = [Started()];

    private static Credit? CreditOf(string rules, StaffAction[] actions, params Event[] then) =>
        Detail(With("recovery", rules), actions, [_first[0], .. then]).Credit;

    private static T? Value<T>(Field field, StaffAction[] actions, params Event[] then)
    {
        Event[] events = [_first[0], .. then];
        var moved = actions.Select(one => one with { AnchorEventId = _first[0].Id });
        return (T?)Session(Dinars, moved, events)
            .Values[CheckoutFields.All.ToList().IndexOf(field)];
    }

    private static Priority Customer(string told, int total) => Of(
        Started(), At(5, "checkout_updated", $"'customer':{{{told}}},'total':{total}")).Priority!;

    private static Checkout Detail(
        ProjectSettings settings, StaffAction[] actions, Event[] events) =>
        (Checkout)Session(settings, actions, events).Detail!;
}
