using Sojourn.Server.Outreach;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>How much is sent, when, and to whom nothing is.</summary>
public class LimitsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_night_nothing_goes_and_in_the_morning_it_does()
    {
        await using var world = await OutreachWorld.StartAsync();
        world.Server.Clock.Advance(TimeSpan.FromHours(10.75)); // 20:45
        await world.LeaveAsync(minute: 645);

        await world.PassAsync(45);
        var waiting = (await world.RowsAsync())[0];
        await world.PassAsync(11.4 * 60);
        Assert.Empty(world.Smtp.Read);
        await world.PassAsync(7);

        Assert.Equal(
            (OutboxStates.Waiting, StopReasons.QuietHours), (waiting.State, waiting.Why));
        Assert.Equal(Some.Us(23 * 60), waiting.NextUs);
        Assert.Single(world.Smtp.Read);
    }

    [Fact]
    public async Task A_person_gets_one_message_a_day_whatever_the_rules_say()
    {
        var left = OutreachWorld.Settings.Rules[0];
        await using var world = await OutreachWorld.StartAsync(OutreachWorld.Settings with
        {
            Rules = [left, left with { Id = "other", Steps = [left.Steps[0]] }],
        });
        await world.LeaveAsync();

        await world.PassAsync(41);
        var firsts = (await world.RowsAsync()).Where(row => row.Step == 1).ToList();
        var other = firsts.Single(row => row.State != OutboxStates.Sent);

        Assert.Equal(2, firsts.Count);
        Assert.Equal((OutboxStates.Waiting, StopReasons.PersonHadOne), (other.State, other.Why));
        Assert.Equal(Some.Us(41 + (24 * 60)), other.NextUs);
        Assert.Single(world.Smtp.Read);
    }

    [Fact]
    [Trait("Invariant", "I10")]
    public async Task A_project_sends_so_many_an_hour_and_the_rest_later()
    {
        await using var world = await OutreachWorld.StartAsync(
            OutreachWorld.Settings with { PerHour = 2 });
        for (var i = 0; i < 5; i++)
            await world.LeaveAsync($"p{i}@home.example", $"k{i}", user: $"p{i}");

        await world.PassAsync(41);
        Assert.Equal(2, world.Smtp.Read.Count);
        await world.PassAsync(59);
        Assert.Equal(2, world.Smtp.Read.Count);
        await world.PassAsync(2);

        Assert.Equal(4, world.Smtp.Read.Count);
    }

    [Fact]
    public async Task Nothing_goes_to_a_suppressed_address()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        await world.Server.Services.GetRequiredService<Suppressions>().AddAsync(
            world.Server.Project.Id, "amina@home.example", Suppressions.ByStaff, "mia", Cancel);

        await world.PassAsync(41);

        Assert.Equal((OutboxStates.Stopped, StopReasons.Suppressed), await world.FirstAsync());
        Assert.Empty(world.Smtp.Read);
    }

    [Fact]
    public async Task Who_is_left_alone_to_compare_with_is_written_down_and_not_written_to()
    {
        var rule = OutreachWorld.Settings.Rules[0] with { Holdout = 50 };
        await using var world = await OutreachWorld.StartAsync(
            OutreachWorld.Settings with { Rules = [rule] });
        for (var i = 0; i < 20; i++)
            await world.LeaveAsync($"p{i}@home.example", $"k{i}", user: $"p{i}");

        await world.PassAsync(41);

        var rows = await world.RowsAsync();
        var held = rows.Where(row => row.Step == 1).Where(row =>
            Holdout.Holds(world.Server.Project.Id, row.AddressKey, 50)).ToList();
        Assert.InRange(held.Count, 2, 18);
        Assert.Equal(held, rows.Where(row => row.Why == StopReasons.Holdout));
        Assert.Equal(20 - held.Count, world.Smtp.Read.Count);
    }

    [Fact]
    public async Task Who_leaves_two_forms_under_one_address_is_one_person_to_chance()
    {
        var rule = OutreachWorld.Settings.Rules[0] with { Holdout = 50 };
        await using var world = await OutreachWorld.StartAsync(
            OutreachWorld.Settings with { Rules = [rule] });
        for (var i = 0; i < 12; i++)
            await world.LeaveAsync("amina@home.example", $"k{i}", user: $"p{i}");

        await world.PassAsync(41);

        var firsts = (await world.RowsAsync()).Where(row => row.Step == 1).ToList();
        Assert.Equal(12, firsts.Count);
        Assert.Single(firsts.Select(row => row.Arm!.IsHeldOut).Distinct());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 1_000)]
    [InlineData(50, 5_000)]
    public void The_share_that_is_left_alone_is_about_what_was_asked_for(int percent, int about)
    {
        var held = Enumerable.Range(0, 10_000)
            .Count(i => Holdout.Holds("p_1", $"person {i}", percent));

        Assert.InRange(held, about - (about / 8), about + (about / 8));
        Assert.Equal(
            Holdout.Holds("p_1", "amina", percent), Holdout.Holds("p_1", "amina", percent));
    }

    [Theory]
    [InlineData("min_value", false)]
    [InlineData("min_progress", false)]
    [InlineData("reasons", false)]
    [InlineData("", true)]
    public async Task A_rule_applies_to_what_it_asks_for(string condition, bool applies)
    {
        var rule = OutreachWorld.Settings.Rules[0];
        await using var world = await OutreachWorld.StartAsync(OutreachWorld.Settings with
        {
            Rules =
            [
                condition switch
                {
                    "min_value" => rule with { MinValue = "20.01" },
                    "min_progress" => rule with { MinProgress = 1 },
                    "reasons" => rule with { Reasons = ["payment_failed"] },
                    _ => rule with { MinValue = "20.00" },
                },
            ],
        });
        await world.LeaveAsync();

        await world.PassAsync(41);

        Assert.Equal(applies, (await world.RowsAsync()).Count > 0);
    }

    [Fact]
    public async Task A_rule_that_is_made_today_writes_to_nobody_of_last_week()
    {
        await using var world = await OutreachWorld.StartAsync(new OutreachSettings());
        await world.LeaveAsync();
        await world.PassAsync(7 * 24 * 60);
        await world.SaveAsync(OutreachWorld.Settings);
        await world.LeaveAsync("bo@home.example", "k2", 7 * 24 * 60, user: "bo");

        await world.PassAsync(45);

        Assert.All(await world.RowsAsync(), row => Assert.Equal("bo", row.Person));
        Assert.Single(world.Smtp.Read);
    }

    [Fact]
    public async Task What_waits_stops_when_its_rule_is_switched_off()
    {
        await using var world = await OutreachWorld.StartAsync();
        await world.LeaveAsync();
        await world.PassAsync(41);
        await world.SaveAsync(OutreachWorld.Settings with
        {
            Rules = [OutreachWorld.Settings.Rules[0] with { Enabled = false }],
        });

        await world.PassAsync(25 * 60);

        var second = (await world.RowsAsync())[1];
        Assert.Equal((OutboxStates.Stopped, StopReasons.RuleOff), (second.State, second.Why));
    }

    [Fact]
    public async Task A_server_that_runs_sends_by_itself()
    {
        await using var smtp = new SmtpServer();
        await using var server = await TestServer.StartAsync(smtp.Options);
        var book = server.Services.GetRequiredService<OutreachBook>();
        await book.SaveAsync(server.Project, 0, OutreachWorld.Settings.Write(), Cancel);
        await server.TellAsync(
            Some.Event("checkout_updated", 0, "amina", properties: """
                {"checkout_id":"k1","customer":{"email":"Amina@Home.example"}}
                """));
        server.Clock.Advance(TimeSpan.FromMinutes(41));

        var mail = await smtp.NextAsync(Cancel);

        Assert.Equal(["RCPT TO:<amina@home.example>"], mail.To);
    }
}
