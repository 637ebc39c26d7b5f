using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Sessions;
using Xunit;
using static Sojourn.Tests.Checkouts.Forms;

namespace Sojourn.Tests.Checkouts;

public sealed class StatusTests
{
    private static readonly string[] _statuses =
        ["live", "abandoned", "contacted", "negotiating", "recovered", "lost", "converted"];

    [Theory]
    [InlineData(599, "live")]
    [InlineData(600, "abandoned")]
    public void Silence_alone_abandons_after_ten_minutes(double second, string status) =>
        Assert.Equal(status, StatusAt(second, Started()));

    [Theory]
    [InlineData(64, "live")]
    [InlineData(65, "abandoned")]
    public void One_minute_after_leaving_it_is_abandoned(double second, string status) =>
        Assert.Equal(status, StatusAt(second, Started(), At(5, "checkout_left")));

    [Fact]
    public void Activity_again_makes_it_live_and_marks_it_returned()
    {
        Event[] events = [Started(), At(5, "checkout_left"), Filled(90, "name")];

        Assert.Equal("live", StatusAt(100, events));
        Assert.Equal(Some.Us(1.5), Of(events).ReturnedUs);
    }

    [Fact]
    public void Who_comes_back_before_the_minute_is_over_never_left() =>
        Assert.Null(Of(Started(), At(5, "checkout_left"), Filled(60, "name")).ReturnedUs);

    [Fact]
    public void Who_stays_on_the_page_without_a_touch_never_left() => Assert.Null(Of(
        Started(), At(400, "page_ping"), At(800, "page_ping"), Filled(1100, "name")).ReturnedUs);

    [Fact]
    public void Activity_after_contact_changes_no_status_and_marks_it_returned()
    {
        Event[] events = [Started(), Filled(1000, "name")];
        var session = Session(Dinars, [Act(700, "status", "contacted", events)], events);

        Assert.Equal("contacted", session.Lifecycle.StatusAt(Some.Us(20)));
        Assert.NotNull(((Checkout)session.Detail!).ReturnedUs);
    }

    [Fact]
    public void Staff_may_make_the_moves_of_the_table_and_no_other()
    {
        (string From, string To)[] table =
        [
            ("abandoned", "contacted"), ("abandoned", "lost"),
            ("contacted", "negotiating"), ("contacted", "lost"), ("contacted", "abandoned"),
            ("negotiating", "recovered"), ("negotiating", "lost"), ("negotiating", "contacted"),
            ("lost", "contacted"),
        ];

        var moves =
            from before in _statuses
            from after in _statuses
            where CheckoutStatus.StaffMayMove(before, after)
            select (before, after);

        Assert.Equal(table.Order(), moves.Order());
    }

    [Fact]
    public void An_order_without_contact_converts() =>
        Assert.Equal("converted", StatusAt(10, Started(), Order(5)));

    [Theory]
    [InlineData("contacted")]
    [InlineData("lost")]
    public void An_order_is_never_refused_whatever_staff_did(string to)
    {
        Event[] events = [Started(), Order(2000)];
        var session = Session(Dinars, [Act(700, "status", to, events)], events);

        Assert.Equal(
            to == "lost" ? "converted" : "recovered", session.Lifecycle.StatusAt(Some.Us(90)));
    }

    [Fact]
    public void What_staff_call_recovered_stays_so_when_the_order_comes()
    {
        Event[] events = [Started(), Order(2000)];
        StaffAction[] actions =
        [
            Act(700, "status", "contacted", events), Act(710, "status", "negotiating", events),
            Act(720, "status", "recovered", events),
        ];

        var byHand = Session(
            With("recovery", """{"credit":"by_hand"}"""), actions, events);

        Assert.Equal("recovered", byHand.Lifecycle.Status);
        Assert.Equal("hand", ((Checkout)byHand.Detail!).Credit!.By);
    }

    [Fact]
    public void Cancelling_the_order_gives_back_the_status_before()
    {
        Event[] events = [Started(), Order(2000), Cancelled(3000)];
        var session = Session(Dinars, [Act(700, "status", "contacted", events)], events);

        Assert.Equal("contacted", session.Lifecycle.StatusAt(Some.Us(90)));
        Assert.Null(((Checkout)session.Detail!).Credit);
        Assert.Equal("abandoned", StatusAt(9000, events));
    }

    [Fact]
    public void A_cancellation_told_before_its_order_counts_too() =>
        Assert.Equal("abandoned", StatusAt(9000, Started(), Cancelled(4), Order(5)));

    [Fact]
    public void Only_a_server_cancels_an_order() => Assert.Equal(
        "converted",
        StatusAt(90, Started(), Order(5), At(6, "order_cancelled", "'order_id':'o1'")));

    [Fact]
    public void Another_order_stands_when_one_is_cancelled() =>
        Assert.Equal("converted", StatusAt(90, Started(), Order(5), Order(6, "o2"), Cancelled(7)));

    [Fact]
    public void An_order_told_ten_times_counts_once()
    {
        var told = Enumerable.Range(0, 10).Select(i => Order(5 + i)).Prepend(Started());

        var checkout = Of([.. told]);

        Assert.Single(checkout.Orders);
        Assert.Equal("5000.00", checkout.Value?.Amount);
    }

    [Fact]
    public void A_browsers_order_is_unconfirmed_until_a_server_tells_it()
    {
        Assert.False(Of(Started(), Order(5, trust: Trust.Claimed)).Order!.Confirmed);
        Assert.True(Of(Started(), Order(5, trust: Trust.Claimed), Order(9)).Order!.Confirmed);
    }

    [Fact]
    public void A_project_without_a_server_may_accept_a_browsers_orders()
    {
        var session = Session(
            With("recovery", """{"accept_claimed_orders":true}"""),
            Started(), Order(5, trust: Trust.Claimed));

        Assert.True(((Checkout)session.Detail!).Order!.Confirmed);
    }

    [Fact]
    public void An_order_for_an_unknown_checkout_is_one_of_its_own()
    {
        var session = Session(Order(5));

        Assert.Equal(("converted", 1), (session.Lifecycle.Status, session.Events));
    }

    [Fact]
    public void Touching_the_form_after_an_order_begins_the_next_run() =>
        Assert.Equal("live", StatusAt(20, Started(), Order(5), Started(10)));

    internal static StaffAction Act(
        double second, string type, string? to, Event[] on, string? text = null,
        string by = "mia") => new()
        {
            Id = $"a{second}",
            Kind = "checkout",
            AnchorEventId = on[0].Id,
            AnchorKey = "k",
            Type = type,
            To = to,
            Text = text,
            Actor = by,
            AcceptedUs = Us(second),
            Number = (long)(second * 10),
        };

    private static Event Cancelled(double second) =>
        At(second, "order_cancelled", "'order_id':'o1'", Trust.Verified);
}
