using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts;

/// <summary>What staff can do to a checkout beyond what they can do to any session.</summary>
public static class CheckoutActions
{
    /// <summary>
    /// They reached out; <see cref="StaffAction.To"/> = the channel. An abandoned or lost
    /// checkout becomes contacted.
    /// </summary>
    public const string Contact = "contact";

    /// <summary>They offered a code; see <see cref="Recovery.Discount"/>.</summary>
    public const string Discount = "discount";

    /// <summary>
    /// They will follow up; <see cref="StaffAction.To"/> = when, RFC 3339; null = not any more.
    /// </summary>
    public const string FollowUp = "follow_up";

    /// <summary>They vouch for the order that only a browser told of.</summary>
    public const string Confirm = "confirm";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Contact, Discount, FollowUp, Confirm];

    /// <summary>Why it is not allowed, as a stable code; null when it is.</summary>
    internal static string? RefusalOf(Checkout? checkout, string status, StaffAction action)
    {
        var (isAllowed, isUnderstood) = action.Type switch
        {
            ActionTypes.Status => (CheckoutStatus.StaffMayMove(status, action.To), true),
            ActionTypes.Archive => (status != CheckoutStatus.Live, true),
            Contact => (status is not (CheckoutStatus.Live or CheckoutStatus.Converted),
                ContactChannels.All.Contains(action.To)),
            Discount => (
                status is not (CheckoutStatus.Converted or CheckoutStatus.Recovered)
                    && (checkout?.Work.Discounts.Count ?? 0) < Recovery.Discount.PerCheckoutMax,
                Recovery.Discount.Of(action) is not null),
            FollowUp => (true, action.To is null || TimeOf(action) is not null),
            Confirm => (checkout?.Order is { Confirmed: false }, true),
            _ => (true, true),
        };
        return !isUnderstood ? "action_invalid"
            : isAllowed ? null
            : "transition_not_allowed";
    }

    /// <summary>What staff did, after one more accepted action.</summary>
    internal static CheckoutWork After(CheckoutWork work, StaffAction action)
    {
        var mark = new StaffMark(action.Id, action.Actor, action.AcceptedUs);
        return action.Type switch
        {
            ActionTypes.Assign => work with { Assignee = action.Text },
            ActionTypes.Status => Moved(work, action, mark),
            Contact => Contacted(work, action, action.To) with
            {
                Status = work.Status is null or CheckoutStatus.Abandoned or CheckoutStatus.Lost
                    ? CheckoutStatus.Contacted : work.Status,
            },
            Discount when Recovery.Discount.Of(action) is { } offered =>
                work with { Discounts = [.. work.Discounts, offered] },
            FollowUp => work with { FollowUpUs = TimeOf(action) },
            Confirm => work with { ConfirmedBy = mark },
            _ => work,
        };
    }

    private static CheckoutWork Moved(CheckoutWork work, StaffAction action, StaffMark mark)
    {
        var isRecovered = action.To == CheckoutStatus.Recovered;
        var moved = work with
        {
            Status = action.To,
            RecoveredBy = isRecovered ? mark : null,
            OrderId = isRecovered ? action.Text : work.OrderId,
        };
        return action.To == CheckoutStatus.Contacted && work.Status != CheckoutStatus.Negotiating
            ? Contacted(moved, action, null)
            : moved;
    }

    private static CheckoutWork Contacted(
        CheckoutWork work, StaffAction action, string? channel) => work with
        {
            Contacts =
            [
                .. work.Contacts,
                new Contact(action.Id, action.Actor, action.AcceptedUs, channel),
            ],
        };

    private static long? TimeOf(StaffAction action) =>
        DateTimeOffset.TryParse(action.To, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var at)
            ? Micros.From(at)
            : null;
}
