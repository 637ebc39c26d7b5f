using Sojourn.Events;
using Sojourn.Server.Outreach;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Server.Outreach;

/// <summary>Whether a message may go now.</summary>
public class SendGuardTests
{
    private static readonly SendFacts Fine = new()
    {
        NowUs = Some.Us(0),
        DueUs = Some.Us(0),
    };

    private static readonly OutboxArm HeldOut = new(Some.Us(0), 10, IsHeldOut: true);

    [Fact]
    public void With_nothing_against_it_it_goes()
    {
        Assert.Equal(SendVerdict.Send, SendGuard.Judge(Fine));
    }

    [Fact]
    public void Each_reason_stops_it_even_at_night()
    {
        var night = Fine with { NowUs = Some.Us(13 * 60), DueUs = Some.Us(13 * 60) };
        var facts = new Dictionary<string, SendFacts>
        {
            [StopReasons.RuleOff] = night with { IsRuleOn = false },
            [StopReasons.SessionUnknown] = night with { IsSessionKnown = false },
            [StopReasons.Ordered] = night with { Order = OrderSeen.Confirmed },
            [StopReasons.Lost] = night with { IsLost = true },
            [StopReasons.Archived] = night with { IsArchived = true },
            [StopReasons.StaffTookOver] = night with { StaffTookOver = true },
            [StopReasons.AddressChanged] = night with { IsAddressCurrent = false },
            [StopReasons.Unverified] = night with { IsAddressTrusted = false },
            [StopReasons.Holdout] = night with { Arm = HeldOut },
            [StopReasons.TooLate] = night with { DueUs = Some.Us(13 * 60) - Days(3) },
            [StopReasons.GaveUp] = night with { DueUs = Some.Us(13 * 60) - Days(3), Tries = 1 },
        };

        Assert.All(
            facts, one => Assert.Equal(SendVerdict.Stop(one.Key), SendGuard.Judge(one.Value)));
    }

    [Fact]
    public void Both_sides_are_compared_once_nothing_else_stops_a_message()
    {
        var other = new[]
        {
            Fine with { IsLost = true }, Fine with { Order = OrderSeen.Confirmed },
            Fine with { DueUs = Some.Us(0) - Days(3) },
        };
        var night = Fine with { NowUs = Some.Us(13 * 60), DueUs = Some.Us(13 * 60) };

        Assert.All(other, facts =>
        {
            Assert.False(SendGuard.Judge(facts).IsPastStops);
            Assert.Equal(SendGuard.Judge(facts), SendGuard.Judge(facts with { Arm = HeldOut }));
        });
        Assert.True(SendGuard.Judge(Fine).IsPastStops);
        Assert.True(SendGuard.Judge(night).IsPastStops);
        Assert.True(SendGuard.Judge(night with { Arm = HeldOut }).IsPastStops);
    }

    [Fact]
    public void While_the_customer_is_there_it_waits()
    {
        Assert.Equal(
            SendVerdict.Wait(StopReasons.CustomerIsBack, Some.Us(5)),
            SendGuard.Judge(Fine with { BackUntilUs = Some.Us(5) }));
        Assert.Equal(
            SendVerdict.Send, SendGuard.Judge(Fine with { BackUntilUs = Some.Us(0) }));
    }

    [Theory]
    [InlineData("2026-03-02T20:59:59Z", null)]
    [InlineData("2026-03-02T21:00:00Z", "2026-03-03T09:00:00Z")]
    [InlineData("2026-03-03T08:59:59Z", "2026-03-03T09:00:00Z")]
    [InlineData("2026-03-03T09:00:00Z", null)]
    public void Quiet_hours_begin_and_end_on_the_minute(string now, string? end)
    {
        Assert.Equal(Time(end), QuietHours.Default.EndAfter(Time(now)!.Value, TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData("Africa/Algiers", "2026-03-02T19:59:00Z", null)]
    [InlineData("Africa/Algiers", "2026-03-02T20:00:00Z", "2026-03-03T08:00:00Z")]
    [InlineData("Europe/Paris", "2026-03-28T22:00:00Z", "2026-03-29T07:00:00Z")] // Jumps ahead.
    [InlineData("Europe/Paris", "2026-10-24T21:00:00Z", "2026-10-25T08:00:00Z")] // Falls back.
    public void Quiet_hours_are_those_of_the_project(string zone, string now, string? end)
    {
        Assert.Equal(
            Time(end),
            QuietHours.Default.EndAfter(
                Time(now)!.Value, TimeZoneInfo.FindSystemTimeZoneById(zone)));
    }

    [Fact]
    public void The_same_time_twice_is_never()
    {
        var never = new QuietHours(new TimeOnly(9, 0), new TimeOnly(9, 0));

        Assert.Null(never.EndAfter(Time("2026-03-02T09:00:00Z")!.Value, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Pauses_grow_and_differ_from_message_to_message()
    {
        var pauses = Enumerable.Range(1, 12)
            .Select(tries => OutreachSender.PauseAfter("a", tries)).ToList();

        Assert.InRange(pauses[0], TimeSpan.FromSeconds(48), TimeSpan.FromSeconds(72));
        Assert.InRange(pauses[^1], TimeSpan.FromHours(3.2), TimeSpan.FromHours(4.8));
        Assert.Equal(pauses[..7].Order(), pauses[..7]);
        Assert.Equal(pauses[3], OutreachSender.PauseAfter("a", 4));
        Assert.NotEqual(pauses[3], OutreachSender.PauseAfter("b", 4));
    }

    private static long Days(int days) => Micros.From(TimeSpan.FromDays(days));

    private static DateTimeOffset? Time(string? text) => text is null
        ? null
        : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
