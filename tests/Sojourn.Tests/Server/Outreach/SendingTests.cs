using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Server.Outreach;
using Sojourn.Sessions;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>A message goes out at least once, under one name, unless it should not.</summary>
[Trait("Invariant", "I7")]
public class SendingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_left_a_form_gets_a_mail_and_another_one_a_day_later()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();

        await world.PassAsync(39);
        Assert.Empty(await world.RowsAsync());
        await world.PassAsync(2);
        var first = await world.Smtp.NextAsync(Cancel);
        await world.PassAsync(24 * 60);
        await world.Smtp.NextAsync(Cancel);

        Assert.Equal(["RCPT TO:<amina@home.example>"], first.To);
        Assert.Contains("Nour", first.Header("From"), StringComparison.Ordinal);
        Assert.Equal("Your order is waiting, Amina", first.Header("Subject"));
        Assert.Contains("an order for Shoes", first.Body, StringComparison.Ordinal);
        Assert.Contains("/r/", first.Body, StringComparison.Ordinal);
        Assert.All(await world.RowsAsync(), row => Assert.Equal(
            (OutboxStates.Sent, 1, null), (row.State, row.Tries, row.NextUs)));
        Assert.Equal(2, world.Smtp.Read.Count);
    }

    [Fact]
    public async Task A_mail_that_went_out_is_a_contact_of_the_rule()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();

        await world.PassAsync(41);

        var checkout = await world.CheckoutAsync();
        var story = await world.Server.Store.TimelineAsync(
            world.Server.Project.Id, checkout.Id, null, 10, Cancel);
        var action = Assert.Single(story!.Actions);
        Assert.Equal(
            (CheckoutActions.Contact, "email", "outreach:left"),
            (action.Type, action.To, action.Actor));
        Assert.Equal(CheckoutStatus.Contacted, checkout.Lifecycle.Status);
    }

    [Theory]
    [InlineData(SmtpTurn.Busy)]
    [InlineData(SmtpTurn.Stall)]
    [InlineData(SmtpTurn.DropInData)]
    [InlineData(SmtpTurn.DropBeforeAnswer)]
    [Trait("Fault", "F31")]
    public async Task A_mail_that_was_not_taken_is_sent_again_under_the_same_name(SmtpTurn turn)
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        world.Smtp.Turns.Enqueue(turn);

        await world.PassAsync(41);
        var row = (await world.RowsAsync())[0];
        Assert.Equal(
            (OutboxStates.Waiting, StopReasons.TryAgain, 1), (row.State, row.Why, row.Tries));
        Assert.NotNull(row.Answer);
        await world.PassAsync(2);

        var mail = await world.Smtp.NextAsync(Cancel);
        Assert.Equal($"<{row.MessageId}>", mail.Header("Message-ID"));
        Assert.Equal((OutboxStates.Sent, null), await world.FirstAsync());
        Assert.Single(world.Smtp.Read.Select(one => one.Text.Replace(
            one.Header("Date"), "", StringComparison.Ordinal)).Distinct());
    }

    [Theory]
    [InlineData(SmtpTurn.NoSuchUser)]
    [InlineData(SmtpTurn.RefuseMail)]
    public async Task A_mail_that_is_refused_for_good_is_not_sent_again(SmtpTurn turn)
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        world.Smtp.Turns.Enqueue(turn);

        await world.PassAsync(41);
        await world.PassAsync(600);

        Assert.Equal((OutboxStates.Failed, StopReasons.Refused), await world.FirstAsync());
        Assert.Equal(1, world.Smtp.Connected.CurrentCount);
    }

    [Fact]
    public async Task After_three_days_of_trying_it_is_given_up()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        await world.Smtp.CloseAsync();

        await world.PassAsync(41);
        for (var hours = 0; hours < 75; hours += 5)
            await world.PassAsync(300);

        var row = (await world.RowsAsync())[0];
        Assert.Equal((OutboxStates.Failed, StopReasons.GaveUp), (row.State, row.Why));
        Assert.InRange(row.Tries, 3, 20);
    }

    [Fact]
    [Trait("Fault", "F34")]
    public async Task What_was_being_sent_when_the_server_died_is_sent_under_the_same_name()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        world.Server.Clock.Advance(TimeSpan.FromMinutes(41));
        await world.PlanAsync();
        world.Smtp.Turns.Enqueue(SmtpTurn.Stall);
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var sending = world.NewSender().RunAsync(killed.Token);
        await world.Smtp.Connected.WaitAsync(Cancel);
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        var left = (await world.RowsAsync())[0];
        await world.PassAsync(14);
        Assert.Empty(world.Smtp.Read);
        await world.PassAsync(2);

        Assert.Equal(OutboxStates.Sending, left.State);
        var mail = await world.Smtp.NextAsync(Cancel);
        Assert.Equal($"<{left.MessageId}>", mail.Header("Message-ID"));
        Assert.Equal(2, (await world.RowsAsync())[0].Tries);
    }

    [Fact]
    public async Task Who_buys_between_planning_and_sending_is_left_alone()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        world.Server.Clock.Advance(TimeSpan.FromMinutes(41));
        await world.PlanAsync();

        await world.Server.TellAsync(Some.Event(
            "order_submitted", 41, "amina", properties: """{"checkout_id":"k1"}"""));
        await world.PassAsync(1);

        Assert.All(await world.RowsAsync(), row => Assert.Equal(
            row.Step == 1 ? (OutboxStates.Stopped, StopReasons.Ordered)
                : (OutboxStates.Waiting, null),
            (row.State, row.Why)));
        Assert.Equal(0, world.Smtp.Connected.CurrentCount);
    }

    [Theory]
    [InlineData("""{"order_id":"7"}""", "amina")]
    [InlineData("""{"checkout_id":"k2"}""", "somebody-else")]
    [InlineData("""{"checkout_id":"k2"}""", "amina")]
    public async Task Who_bought_elsewhere_is_left_alone(string order, string user)
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        await world.Server.TellAsync(
            Some.Event("order_submitted", 5, user, properties: order),
            Some.Event("checkout_updated", 5, "somebody-else", properties: """
                {"checkout_id":"k2","customer":{"email":"Amina@Home.example"}}
                """));

        await world.PassAsync(41);

        Assert.Equal((OutboxStates.Stopped, StopReasons.Ordered), await world.FirstAsync());
    }

    [Fact]
    public async Task While_only_a_browser_says_that_there_is_an_order_nothing_goes()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        world.Server.Clock.Advance(TimeSpan.FromMinutes(41));
        await world.PlanAsync();
        await world.Server.TellAsync(Some.Event(
            "order_submitted", 41, device: "d", trust: Trust.Claimed,
            properties: """{"checkout_id":"k1"}"""));

        await world.PassAsync(1);

        Assert.Equal(
            (OutboxStates.Waiting, StopReasons.OrderUnconfirmed), await world.FirstAsync());
        Assert.Empty(world.Smtp.Read);
    }

    [Theory]
    [InlineData(CheckoutStatus.Lost, StopReasons.Lost)]
    [InlineData(CheckoutStatus.Contacted, StopReasons.StaffTookOver)]
    public async Task What_staff_took_over_or_gave_up_is_not_written_about(
        string to, string why)
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        world.Server.Clock.Advance(TimeSpan.FromMinutes(41));
        await world.PlanAsync();
        var checkout = await world.CheckoutAsync();

        await world.Server.Store.ActAsync(
            new ActionRequest(world.Server.Project.Id, checkout.Id, null, ActionTypes.Status, to,
                null, "mia"),
            Cancel);
        await world.PassAsync(1);

        Assert.Equal((OutboxStates.Stopped, why), await world.FirstAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_address_that_only_a_browser_told_is_written_to_where_the_shop_says_so(
        bool accepts)
    {
        await using var world = await OutreachWorld.StartAsync(
            OutreachWorld.Settings with { AcceptClaimedAddresses = accepts });
        await world.LeaveAsync(trust: Trust.Claimed);

        await world.PassAsync(41);

        Assert.Equal(accepts ? 2 : 0, (await world.RowsAsync()).Count);
        Assert.Equal(accepts ? 1 : 0, world.Smtp.Read.Count);
    }

    [Fact]
    public async Task A_browser_cannot_turn_a_message_to_another_address()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        world.Server.Clock.Advance(TimeSpan.FromMinutes(41));
        await world.PlanAsync();

        await world.LeaveAsync("victim@home.example", minute: 20, trust: Trust.Claimed);
        await world.PassAsync(10);

        Assert.Equal(
            (OutboxStates.Stopped, StopReasons.AddressChanged), await world.FirstAsync());
        Assert.Empty(world.Smtp.Read);
    }

    [Theory]
    [InlineData("a@home.example,b@home.example")]
    [InlineData("a@home.example\\r\\nBcc: b@home.example")]
    [InlineData("A <a@home.example>")]
    [InlineData("\\\"a b\\\"@home.example")]
    [InlineData("a@home")]
    [InlineData("é@home.example")]
    [InlineData("a@b@home.example")]
    public async Task What_is_more_or_less_than_one_address_gets_nothing(string email)
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync(email);

        await world.PassAsync(41);

        Assert.Empty(await world.RowsAsync());
    }

    [Fact]
    public async Task What_a_stranger_writes_makes_no_header_and_no_link()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync(
            name: "Eve\\r\\nBcc:x@evil.example", product: "{{shop}} http://evil.example/pay");

        await world.PassAsync(41);

        var mail = await world.Smtp.NextAsync(Cancel);
        Assert.Equal("", mail.Header("Bcc"));
        Assert.Single(mail.To);
        Assert.Contains(
            "{{shop}} http: //evil. example/pay", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("://evil", mail.Body, StringComparison.Ordinal);
        Assert.Contains("text/plain", mail.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_tells_machines_and_people_how_to_get_no_more()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();

        await world.PassAsync(41);

        var mail = await world.Smtp.NextAsync(Cancel);
        var link = mail.Header("List-Unsubscribe").Trim('<', '>');
        Assert.StartsWith($"{world.Server.Address}o/", link, StringComparison.Ordinal);
        Assert.Contains(link, mail.Body, StringComparison.Ordinal);
        Assert.Equal(
            "List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
    }
}
