using Sojourn.Events;

namespace Sojourn.Kinds.Checkouts;

/// <summary>One run through an order form, as its events tell it.</summary>
public sealed record Checkout
{
    /// <summary>The checkout's id, as the form or shop sent it.</summary>
    public required string CheckoutId { get; init; }

    /// <summary>Names of the form's required fields; empty when it declared none.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Required fields now validly filled, sorted.</summary>
    public IReadOnlyList<string> Filled { get; init; } = [];

    /// <summary>Focus, change, click, scroll-stop, copy and visibility, counted.</summary>
    public int Interactions { get; init; }

    /// <summary>
    /// What the customer told, by field: name, phone, email, wilaya, city, address.
    /// </summary>
    public CheckoutCustomer Customer { get; init; } = CheckoutCustomer.Unknown;

    /// <summary>The first product's name, or null when none was told.</summary>
    public string? Product { get; init; }

    /// <summary>The order's worth as last told, or null.</summary>
    public Money? Value { get; init; }

    /// <summary>When the form was last left without coming back, microseconds; else null.</summary>
    public long? LeftUs { get; init; }

    /// <summary>The order, or null while there is none.</summary>
    public CheckoutOrder? Order { get; init; }

    /// <summary>The status staff gave it, or null.</summary>
    public string? StaffStatus { get; init; }

    /// <summary>When staff first made contact, microseconds, or null.</summary>
    public long? ContactedUs { get; init; }

    /// <summary>Whose it is, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary>
    /// 0–100: share of required fields validly filled, at most 99 until an order; null when the
    /// form declared none and there is no order.
    /// </summary>
    public int? Progress =>
        Order is not null ? 100
        : Required.Count == 0 ? null
        : Math.Min(99, 100 * Filled.Count(Required.Contains) / Required.Count);
}

/// <summary>Who is ordering, as far as told; null parts were not told.</summary>
public sealed record CheckoutCustomer(
    string? Name, string? Phone, string? Email, string? Wilaya, string? City, string? Address)
{
    /// <summary>Nothing was told.</summary>
    public static CheckoutCustomer Unknown { get; } = new(null, null, null, null, null, null);
}

/// <summary>An order placed on a checkout.</summary>
/// <param name="OrderId">The shop's id, or null when it told none.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="Confirmed">False while only a browser says so.</param>
/// <param name="EventId">The event that says so.</param>
public sealed record CheckoutOrder(string? OrderId, long AtUs, bool Confirmed, string EventId);
