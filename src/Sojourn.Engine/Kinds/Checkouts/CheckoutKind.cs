using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts;

/// <summary>Runs through an order form, keyed by <c>checkout_id</c>.</summary>
public sealed class CheckoutKind : SessionKind<Checkout>
{
    /// <summary>0–100, or null when the form declared no required fields.</summary>
    public static readonly Field Progress = new("progress", FieldType.Number);

    /// <summary>Focus, change, click, scroll-stop, copy and visibility, counted.</summary>
    public static readonly Field Interactions =
        new("interactions", FieldType.Number) { ShownOnly = true };

    /// <summary>The order's worth.</summary>
    public static readonly Field Value = new("value", FieldType.Money);

    /// <summary>Name of the first product.</summary>
    public static readonly Field Product = new("product", FieldType.Text) { Searched = true };

    /// <summary>The customer's name.</summary>
    public static readonly Field Customer = new("customer", FieldType.Text) { Searched = true };

    /// <summary>The customer's phone, as told.</summary>
    public static readonly Field Phone = new("phone", FieldType.Text) { Searched = true };

    /// <summary>Street, city and region in one line.</summary>
    public static readonly Field Address = new("address", FieldType.Text) { Searched = true };

    /// <summary>The order's id at the shop.</summary>
    public static readonly Field Order = new("order_id", FieldType.Text) { Searched = true };

    /// <summary><c>false</c> while only a browser says that there is an order.</summary>
    public static readonly Field Confirmed =
        new("confirmed", FieldType.Category) { ShownOnly = true };

    /// <summary>Who works on it.</summary>
    public static readonly Field Assignee = new("assignee", FieldType.Category) { Counted = true };

    private static readonly TimeSpan AbandonAfterLeft = TimeSpan.FromMinutes(1);

    // An order this long after contact is credited to it. Source: docs/guide/sessions.md.
    private static readonly TimeSpan AttributionWindow = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override string Name => "checkout";

    /// <inheritdoc/>
    public override char IdPrefix => 'c';

    /// <inheritdoc/>
    public override bool ByPerson => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields { get; } =
    [
        Progress, Interactions, Value, Product, Customer, Phone, Address, Order, Confirmed,
        Assignee,
    ];

    /// <inheritdoc/>
    public override string? KeyOf(Event e) => e.Properties.Text("checkout_id");

    /// <inheritdoc/>
    public override string? RefusalOf(Session session, StaffAction action, long nowUs)
    {
        var from = session.Lifecycle.StatusAt(nowUs);
        var allowed = action.Type switch
        {
            ActionTypes.Status => CheckoutStatus.StaffMayMove(from, action.To),
            ActionTypes.Archive => from != CheckoutStatus.Live,
            _ => true,
        };
        return allowed ? null : "transition_not_allowed";
    }

    /// <inheritdoc/>
    protected override Checkout First(
        Event first, ProjectSettings settings, Checkout? before) =>
        CheckoutFold.Apply(new Checkout { CheckoutId = KeyOf(first)! }, first, settings);

    /// <inheritdoc/>
    protected override Checkout Next(Checkout detail, Event next, ProjectSettings settings) =>
        CheckoutFold.Apply(detail, next, settings);

    /// <inheritdoc/>
    protected override bool Ends(
        Checkout detail, Event next, ProjectSettings settings, out SessionEdge reason)
    {
        reason = SessionEdge.Converted;
        return detail.Order is not null && next.Name == "checkout_started";
    }

    /// <inheritdoc/>
    protected override Checkout After(Checkout detail, StaffAction action) => action.Type switch
    {
        ActionTypes.Assign => detail with { Assignee = action.Text },
        ActionTypes.Status => detail with
        {
            StaffStatus = action.To,
            ContactedUs = action.To == CheckoutStatus.Contacted
                ? detail.ContactedUs ?? action.AcceptedUs
                : detail.ContactedUs,
        },
        _ => detail,
    };

    /// <inheritdoc/>
    protected override Lifecycle Judge(
        Checkout detail, SessionSpan span, ProjectSettings settings)
    {
        if (detail.Order is { } order)
        {
            return Lifecycle.Settled(
                IsCredited(detail, order) ? CheckoutStatus.Recovered : CheckoutStatus.Converted,
                SessionEdge.Converted);
        }

        if (detail.StaffStatus is { } status && status != CheckoutStatus.Abandoned)
            return Lifecycle.Settled(status, SessionEdge.Idle);

        var silent = span.LastSeenUs + Micros.From(settings.AbandonAfter);
        var left = detail.LeftUs + Micros.From(AbandonAfterLeft);
        return new Lifecycle(
            CheckoutStatus.Live,
            SessionEdge.Open,
            Math.Min(silent, left ?? silent),
            CheckoutStatus.Abandoned,
            SessionEdge.Idle);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<object?> Values(Checkout detail, SessionSpan span) =>
    [
        (long?)detail.Progress,
        (long)detail.Interactions,
        detail.Value,
        detail.Product,
        detail.Customer.Name,
        detail.Customer.Phone,
        AddressOf(detail.Customer),
        detail.Order?.OrderId,
        detail.Order is null ? null : detail.Order.Confirmed ? "true" : "false",
        detail.Assignee,
    ];

    private static bool IsCredited(Checkout detail, CheckoutOrder order) =>
        detail.ContactedUs is { } contacted
        && order.AtUs >= contacted
        && order.AtUs - contacted <= Micros.From(AttributionWindow);

    private static string? AddressOf(CheckoutCustomer customer)
    {
        string?[] parts = [customer.Address, customer.City, customer.Wilaya];
        var told = parts.Where(part => !string.IsNullOrEmpty(part)).ToList();
        return told.Count == 0 ? null : string.Join(", ", told);
    }
}
