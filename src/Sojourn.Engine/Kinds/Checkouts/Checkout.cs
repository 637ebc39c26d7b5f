using System.Text.Json.Serialization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts.Customers;
using Sojourn.Kinds.Checkouts.Reasons;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts;

/// <summary>One run through an order form, as its events and staff tell it.</summary>
public sealed record Checkout : ISessionDetail
{
    /// <summary>The checkout's id, as the form or shop sent it.</summary>
    public required string CheckoutId { get; init; }

    /// <summary>What the form asks for, and how much of it is filled.</summary>
    public CheckoutForm Form { get; init; } = CheckoutForm.Empty;

    /// <summary>Focus, change, click, scroll-stop, copy and visibility, counted.</summary>
    public int Interactions { get; init; }

    /// <summary>
    /// What the customer told, by field: name, phone, email, wilaya, city, address.
    /// </summary>
    public CheckoutCustomer Customer { get; init; } = CheckoutCustomer.Unknown;

    /// <summary>What is ordered, in the order of the cart; empty when nothing was told.</summary>
    public IReadOnlyList<OrderLine> Lines { get; init; } = [];

    /// <summary>The order's worth as last told, or null.</summary>
    public Money? Value { get; init; }

    /// <summary>Where the customer can go on, http or https; null = unknown.</summary>
    public string? RestoreUrl { get; init; }

    /// <summary>When the form was last left without coming back, microseconds; else null.</summary>
    public long? LeftUs { get; init; }

    /// <summary>The customer's last sign of life, microseconds.</summary>
    public long LastSeenUs { get; init; }

    /// <summary>When the customer first came back, microseconds; null = never.</summary>
    public long? ReturnedUs { get; init; }

    /// <summary>All orders told of it, in the order they were told.</summary>
    public IReadOnlyList<CheckoutOrder> Orders { get; init; } = [];

    /// <summary>Ids of orders that were cancelled.</summary>
    public IReadOnlyList<string> Cancelled { get; init; } = [];

    /// <summary>What reasons rest on, in order.</summary>
    [JsonIgnore]
    public SignLog Signs { get; init; } = SignLog.Empty;

    /// <summary>What staff did about it.</summary>
    public CheckoutWork Work { get; init; } = CheckoutWork.None;

    /// <summary>
    /// Why it was left, as far as can be told; null when it was ordered without staff's doing.
    /// </summary>
    public ReasonFound? Reason { get; init; }

    /// <summary>Why its order counts as recovered; null when nothing credits staff.</summary>
    public Credit? Credit { get; init; }

    /// <summary>How urgent the customer is; null until the rules were asked.</summary>
    public Priority? Priority { get; init; }

    /// <summary>The order that counts; a confirmed one goes first. Null = there is none.</summary>
    public CheckoutOrder? Order
    {
        get
        {
            var standing = Orders.Where(one => one.OrderId is not { } id
                || !Cancelled.Contains(id, StringComparer.Ordinal));
            var order = standing.OrderByDescending(one => one.Confirmed).FirstOrDefault();
            return order is { Confirmed: false } && Work.ConfirmedBy is not null
                ? order with { Confirmed = true }
                : order;
        }
    }

    /// <summary>
    /// 0–100: share of required fields validly filled, at most 99 until an order; null when the
    /// form declared none and there is no order.
    /// </summary>
    public int? Progress => Order is not null ? 100 : Form.Progress;

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<DetailMember> More
    {
        get
        {
            if (Reason is { } reason)
            {
                yield return new("reason", "rule", reason.Shown.Rule);
                yield return new("reason", "where", reason.Shown.Where);
                yield return new("reason", "evidence", reason.Shown.Evidence);
                yield return new("reason", "alternatives", reason.Alternatives);
                yield return new("reason", "rules_version", reason.RulesVersion);
            }

            yield return new("customer", "wilaya", Customer.Wilaya);
            yield return new("customer", "city", Customer.City);
            yield return new("customer", "street", Customer.Address);
            yield return new("customer", "phone_validity", Customer.Number?.Validity);
            yield return new("product", "lines", Lines);
            yield return new(null, "credit", Credit);
        }
    }
}

/// <summary>Who is ordering, as far as told; null parts were not told.</summary>
public sealed record CheckoutCustomer(
    string? Name, string? Phone, string? Email, string? Wilaya, string? City, string? Address)
{
    /// <summary>Nothing was told.</summary>
    public static CheckoutCustomer Unknown { get; } = new(null, null, null, null, null, null);

    /// <summary>The phone as the network knows it; null = no phone was told.</summary>
    public PhoneNumber? Number { get; init; }

    /// <summary>The region as the project's list knows it; null = it does not.</summary>
    public Region? Region { get; init; }

    /// <summary>True when the e-mail was told by a server, not only a browser.</summary>
    public bool EmailVerified { get; init; }
}

/// <summary>One line of what is ordered; null parts were not told.</summary>
/// <param name="Id">The shop's id of the product.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Variant">The variant chosen.</param>
/// <param name="Quantity">How many, 0 to 1 000 000.</param>
/// <param name="Price">What one costs; never negative.</param>
public sealed record OrderLine(
    string? Id, string? Name, string? Variant, decimal Quantity, Money? Price)
{
    /// <summary>Price times quantity, or null without a price.</summary>
    public Money? Total =>
        Price is { } price && decimal.TryParse(price.Amount, Numbers.Style, Numbers.Culture,
            out var amount)
            ? Money.From(amount * Quantity, price.Currency)
            : null;
}

/// <summary>An order placed on a checkout.</summary>
/// <param name="OrderId">The shop's id, or null when it told none.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="Confirmed">False while only a browser says so.</param>
/// <param name="EventId">The event that says so.</param>
/// <param name="Coupon">The discount code it was placed with, or null.</param>
/// <param name="Total">What was paid or is to be paid; null = not told.</param>
public sealed record CheckoutOrder(
    string? OrderId, long AtUs, bool Confirmed, string EventId, string? Coupon, Money? Total);
