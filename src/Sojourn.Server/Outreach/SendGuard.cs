using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Whether a message may go now. Asked before each try, because a customer may have bought, a
/// colleague may have called and the night may have begun since it was planned.
/// </summary>
internal static class SendGuard
{
    /// <summary>A message that could not go for so long does not go any more.</summary>
    public static readonly TimeSpan TooLateAfter = TimeSpan.FromDays(3);

    private static readonly long AskAgainUs = Micros.From(TimeSpan.FromMinutes(15));

    /// <summary>Judges; what stops a message goes before what lets it wait.</summary>
    public static SendVerdict Judge(SendFacts facts)
    {
        if (StopOf(facts) is { } why)
            return SendVerdict.Stop(why);
        if (facts.Order == OrderSeen.Claimed)
            return SendVerdict.Wait(StopReasons.OrderUnconfirmed, facts.NowUs + AskAgainUs);
        if (facts.BackUntilUs is { } until && until > facts.NowUs)
            return SendVerdict.Wait(StopReasons.CustomerIsBack, until);

        return facts.Quiet.EndAfter(Micros.ToTime(facts.NowUs), facts.Zone) is { } end
            ? SendVerdict.Wait(StopReasons.QuietHours, Micros.From(end))
            : SendVerdict.Send;
    }

    private static string? StopOf(SendFacts facts) =>
        !facts.IsRuleOn ? StopReasons.RuleOff
        : !facts.IsSessionKnown ? StopReasons.SessionUnknown
        : facts.Order == OrderSeen.Confirmed ? StopReasons.Ordered
        : facts.IsLost ? StopReasons.Lost
        : facts.IsArchived ? StopReasons.Archived
        : facts.StaffTookOver ? StopReasons.StaffTookOver
        : !facts.IsAddressCurrent ? StopReasons.AddressChanged
        : !facts.IsAddressTrusted ? StopReasons.Unverified
        : facts.NowUs >= facts.DueUs + Micros.From(TooLateAfter)
            ? facts.Tries > 0 ? StopReasons.GaveUp : StopReasons.TooLate
        // The last: whoever is left alone would otherwise have been written to.
        : facts.Arm is { IsHeldOut: true } ? StopReasons.Holdout
        : null;
}

/// <summary>All that is asked before a message goes.</summary>
internal sealed record SendFacts
{
    /// <summary>The time, microseconds UTC.</summary>
    public required long NowUs { get; init; }

    /// <summary>When the message should have gone, microseconds UTC.</summary>
    public required long DueUs { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>False when its rule is gone or off, or has no such step.</summary>
    public bool IsRuleOn { get; init; } = true;

    /// <summary>False when its session is gone.</summary>
    public bool IsSessionKnown { get; init; } = true;

    /// <summary>Whether the customer bought, in this session or another one.</summary>
    public OrderSeen Order { get; init; }

    /// <summary>True when staff gave it up.</summary>
    public bool IsLost { get; init; }

    /// <summary>True when staff put it away.</summary>
    public bool IsArchived { get; init; }

    /// <summary>True when a person made contact or talks with the customer.</summary>
    public bool StaffTookOver { get; init; }

    /// <summary>Until when the customer counts as being there, or null.</summary>
    public long? BackUntilUs { get; init; }

    /// <summary>False when the customer told another address since.</summary>
    public bool IsAddressCurrent { get; init; } = true;

    /// <summary>False when only a browser says that the address is the customer's.</summary>
    public bool IsAddressTrusted { get; init; } = true;

    /// <summary>
    /// Whether the person is left alone to compare with, as decided before or else just now;
    /// null = there is no rule to decide it.
    /// </summary>
    public OutboxArm? Arm { get; init; }

    /// <summary>When people are left alone.</summary>
    public QuietHours Quiet { get; init; } = QuietHours.Default;

    /// <summary>The zone of those hours.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;
}

/// <summary>Whether a customer bought.</summary>
internal enum OrderSeen
{
    /// <summary>No.</summary>
    None,

    /// <summary>A browser says so; nobody knows yet.</summary>
    Claimed,

    /// <summary>Yes.</summary>
    Confirmed,
}

/// <summary>What a guard says.</summary>
/// <param name="Why">Why it does not go now; null = it goes.</param>
/// <param name="UntilUs">When to ask again, microseconds UTC; null with a reason = never.</param>
internal readonly record struct SendVerdict(string? Why, long? UntilUs)
{
    /// <summary>
    /// True when nothing stops the message but that the person is left alone: from then on
    /// those who are and those who are not can be compared.
    /// </summary>
    public bool IsPastStops => Why is null or StopReasons.Holdout || UntilUs is not null;

    /// <summary>It goes.</summary>
    public static SendVerdict Send => default;

    /// <summary>It will never go.</summary>
    public static SendVerdict Stop(string why) => new(why, null);

    /// <summary>Perhaps later.</summary>
    public static SendVerdict Wait(string why, long untilUs) => new(why, untilUs);
}
