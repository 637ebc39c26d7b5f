using System.Collections.Frozen;
using Sojourn.Kinds.Checkouts.Reasons;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts;

/// <summary>The values every checkout has, and how they follow from what is known of it.</summary>
public static class CheckoutFields
{
    /// <summary>0–100, or null when the form declared no required fields.</summary>
    public static readonly Field Progress = new("progress", FieldType.Number);

    /// <summary>The range the progress is in; null = no progress is known.</summary>
    public static readonly Field ProgressRange = new("progress_range", FieldType.Category)
    {
        Counted = true,
        Words = ["0-24", "25-49", "50-74", "75-99", "100"],
        RangesOf = "progress",
    };

    /// <summary>Why it was left; null when it was ordered without staff's doing.</summary>
    public static readonly Field Reason = new("reason", FieldType.Category)
    {
        Counted = true,
        Words = ReasonSet.Reasons,
        Under = "reason",
        As = "code",
    };

    /// <summary>How certain the reason is, percent.</summary>
    public static readonly Field Confidence = new("confidence", FieldType.Number)
    {
        ShownOnly = true,
        Under = "reason",
        IsShare = true,
    };

    /// <summary>Focus, change, click, scroll-stop, copy and visibility, counted.</summary>
    public static readonly Field Interactions =
        new("interactions", FieldType.Number) { ShownOnly = true };

    /// <summary>The order's worth.</summary>
    public static readonly Field Value = new("value", FieldType.Money);

    /// <summary>Name of the first product.</summary>
    public static readonly Field Product = new("product", FieldType.Text)
    { Searched = true, Under = "product", As = "name" };

    /// <summary>How many pieces, over all lines.</summary>
    public static readonly Field Quantity = new("quantity", FieldType.Number)
    { ShownOnly = true, Under = "product" };

    /// <summary>The customer's name.</summary>
    public static readonly Field Customer = new("customer", FieldType.Text)
    { Searched = true, Under = "customer", As = "name" };

    /// <summary>The customer's phone, as told.</summary>
    public static readonly Field Phone = new("phone", FieldType.Text)
    { Searched = true, Under = "customer" };

    /// <summary>The phone as the network knows it; null when it cannot be one.</summary>
    public static readonly Field PhoneE164 = new("phone_e164", FieldType.Text)
    { Searched = true, Under = "customer" };

    /// <summary>The e-mail the customer told in the form.</summary>
    public static readonly Field Email = new("customer_email", FieldType.Text)
    { Searched = true, Under = "customer", As = "email" };

    /// <summary>Street, city and region in one line.</summary>
    public static readonly Field Address = new("address", FieldType.Text)
    { Searched = true, Under = "customer" };

    /// <summary>Country and code of the region, e.g. <c>DZ-16</c>; null = not known.</summary>
    public static readonly Field Region = new("region", FieldType.Category)
    { Counted = true, Under = "customer" };

    /// <summary>The order's id at the shop.</summary>
    public static readonly Field Order = new("order_id", FieldType.Text) { Searched = true };

    /// <summary><c>false</c> while only a browser says that there is an order.</summary>
    public static readonly Field Confirmed =
        new("confirmed", FieldType.Category) { ShownOnly = true };

    /// <summary>Who works on it.</summary>
    public static readonly Field Assignee = new("assignee", FieldType.Category) { Counted = true };

    /// <summary>
    /// From then on the customer is no longer urgent; the latest first is the order in which to
    /// call, whenever that is.
    /// </summary>
    public static readonly Field UrgentUntil = new("urgent_until", FieldType.Time);

    /// <summary>From then on they are no longer of high priority.</summary>
    public static readonly Field HighUntil = new("high_until", FieldType.Time);

    /// <summary>From then on they are of low priority.</summary>
    public static readonly Field MediumUntil = new("medium_until", FieldType.Time);

    /// <summary><c>true</c> when the customer came back after leaving.</summary>
    public static readonly Field Returned =
        new("returned", FieldType.Category) { Words = ["true"] };

    /// <summary>When to follow up.</summary>
    public static readonly Field FollowUp = new("follow_up", FieldType.Time);

    /// <summary><c>offered</c> or <c>redeemed</c>; null = no discount.</summary>
    public static readonly Field DiscountState =
        new("discount", FieldType.Category) { Words = ["offered", "redeemed"] };

    /// <summary>What credits its order to staff; null = nothing does.</summary>
    public static readonly Field CreditedBy = new("credited_by", FieldType.Category)
    { Words = ["contact", "code", "link", "hand"] };

    /// <summary>Who is credited.</summary>
    public static readonly Field CreditedAgent =
        new("credited_agent", FieldType.Category) { Counted = true };

    /// <summary>By which channel.</summary>
    public static readonly Field CreditedChannel = new("credited_channel", FieldType.Category)
    { Words = ContactChannels.All };

    /// <summary>When its order counts, confirmed by server or staff.</summary>
    public static readonly Field Ordered = new("ordered", FieldType.Time);

    /// <summary>Money that counts: null without a confirmed order.</summary>
    public static readonly Field Revenue = new("revenue", FieldType.Money);

    /// <summary>All of them, in the order they are kept.</summary>
    public static IReadOnlyList<Field> All { get; } =
    [
        Progress, ProgressRange, Reason, Confidence, Interactions, Value, Product, Quantity,
        Customer, Phone, PhoneE164, Email, Address, Region, Order, Confirmed, Assignee,
        UrgentUntil, HighUntil, MediumUntil, Returned, FollowUp, DiscountState, CreditedBy,
        CreditedAgent, CreditedChannel, Ordered, Revenue,
    ];

    private static readonly FrozenDictionary<string, int> Places =
        All.Index().ToFrozenDictionary(one => one.Item.Name, one => one.Index);

    /// <summary>The priority of a session at an instant, microseconds UTC.</summary>
    public static string LevelAt(Session session, long nowUs) => Priority.LevelAt(
        nowUs, At(session, UrgentUntil), At(session, HighUntil), At(session, MediumUntil));

    /// <summary>The value of one of these fields; null or 0 when there is none.</summary>
    public static T? Read<T>(Session session, Field field) =>
        (T?)session.Values[Places[field.Name]];

    private static long? At(Session session, Field field) => Read<long?>(session, field);

    internal static IReadOnlyList<object?> Of(Checkout one)
    {
        var order = one.Order;
        var isConfirmed = order is { Confirmed: true };
        // Staff who name an order vouch for it.
        var isSettled = isConfirmed || one.Work is { RecoveredBy: not null, OrderId: not null };
        return
        [
            (long?)one.Progress,
            RangeOf(one.Progress),
            one.Reason?.Shown.Code,
            one.Reason is { } reason ? (long)(reason.Shown.Confidence * 100) : null,
            (long)one.Interactions,
            one.Value,
            one.Lines is [var first, ..] ? first.Name : null,
            QuantityOf(one),
            one.Customer.Name,
            one.Customer.Phone,
            one.Customer.Number?.E164,
            one.Customer.Email,
            AddressOf(one.Customer),
            one.Customer.Region is { } region ? $"{region.Country}-{region.Code}" : null,
            order?.OrderId ?? one.Work.OrderId,
            order is null ? null : order.Confirmed ? "true" : "false",
            one.Work.Assignee,
            one.Priority?.UrgentUntilUs,
            one.Priority?.HighUntilUs,
            one.Priority?.MediumUntilUs,
            one.ReturnedUs is null ? null : "true",
            one.Work.FollowUpUs,
            DiscountOf(one, order),
            one.Credit?.By,
            one.Credit?.Agent,
            one.Credit?.Channel,
            isConfirmed ? order!.AtUs : isSettled ? one.Work.RecoveredBy!.AtUs : null,
            isSettled ? order?.Total ?? one.Value : null,
        ];
    }

    private static string? RangeOf(int? progress) => progress switch
    {
        null => null,
        < 25 => "0-24",
        < 50 => "25-49",
        < 75 => "50-74",
        < 100 => "75-99",
        _ => "100",
    };

    private static long? QuantityOf(Checkout one) =>
        one.Lines.Count == 0
            ? null
            : (long)Math.Min(1_000_000_000m, one.Lines.Sum(line => line.Quantity));

    private static string? DiscountOf(Checkout one, CheckoutOrder? order) =>
        one.Work.Discounts.Count == 0 ? null
        : one.Work.Discounts.Any(code => code.IsRedeemedBy(order)) ? "redeemed"
        : "offered";

    private static string? AddressOf(CheckoutCustomer customer)
    {
        string?[] parts = [customer.Address, customer.City, customer.Wilaya];
        var told = parts.Where(part => !string.IsNullOrEmpty(part)).ToList();
        return told.Count == 0 ? null : string.Join(", ", told);
    }
}
