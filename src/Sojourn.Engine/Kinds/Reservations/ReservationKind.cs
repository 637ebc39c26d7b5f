using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Reservations;

/// <summary>Carts that hold stock for a limited time, keyed by <c>cart_token</c>.</summary>
public sealed class ReservationKind : SessionKind<Reservation>
{
    /// <summary>The cart's token.</summary>
    public static readonly Field Token = new("token", FieldType.Text) { Searched = true };

    /// <summary>Pieces in the cart.</summary>
    public static readonly Field Items = new("items", FieldType.Number);

    /// <summary>The cart's worth.</summary>
    public static readonly Field Value = new("value", FieldType.Money);

    /// <summary>When the timer runs out.</summary>
    public static readonly Field Expires = new("expires", FieldType.Time);

    /// <summary>Times the timer was started again after it ran out.</summary>
    public static readonly Field Renewals = new("renewals", FieldType.Number) { ShownOnly = true };

    /// <summary>Times the timer was lengthened while it ran.</summary>
    public static readonly Field Extends = new("extends", FieldType.Number) { ShownOnly = true };

    /// <summary>Times the contents changed.</summary>
    public static readonly Field Updates =
        new("cart_updates", FieldType.Number) { ShownOnly = true };

    /// <summary>The last address seen.</summary>
    public static readonly Field Ip = new("ip", FieldType.Text) { Searched = true };

    /// <inheritdoc/>
    public override string Name => "reservation";

    /// <inheritdoc/>
    public override char IdPrefix => 'r';

    /// <inheritdoc/>
    public override bool ByPerson => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields { get; } =
        [Token, Items, Value, Expires, Renewals, Extends, Updates, Ip];

    /// <inheritdoc/>
    public override string? KeyOf(Event e) => e.Properties.Text("cart_token");

    /// <inheritdoc/>
    public override string? RefusalOf(Session session, StaffAction action, long nowUs) =>
        action.Type switch
        {
            ActionTypes.Status => "transition_not_allowed",
            ActionTypes.Archive
                when session.Lifecycle.StatusAt(nowUs) == ReservationStatus.Active =>
                "transition_not_allowed",
            _ => null,
        };

    /// <inheritdoc/>
    protected override Reservation First(
        Event first, ProjectSettings settings, Reservation? before) =>
        ReservationFold.Apply(
            new Reservation
            {
                Token = KeyOf(first)!,
                ExpiresUs = first.TimeUs + ReservationFold.HoldUs(first, settings),
            },
            first,
            settings);

    /// <inheritdoc/>
    protected override Reservation Next(
        Reservation detail, Event next, ProjectSettings settings) =>
        ReservationFold.Apply(detail, next, settings);

    /// <inheritdoc/>
    protected override bool Ends(
        Reservation detail, Event next, ProjectSettings settings, out SessionEdge reason)
    {
        reason = detail.Outcome ?? SessionEdge.Expired;
        return next.Name == "reservation_created"
            && (detail.Outcome is not null || next.TimeUs >= detail.ExpiresUs);
    }

    /// <inheritdoc/>
    protected override Lifecycle Judge(
        Reservation detail, SessionSpan span, ProjectSettings settings) => detail.Outcome switch
        {
            SessionEdge.Converted =>
                Lifecycle.Settled(ReservationStatus.Converted, SessionEdge.Converted),
            SessionEdge.Cancelled =>
                Lifecycle.Settled(ReservationStatus.Cancelled, SessionEdge.Cancelled),
            _ => new Lifecycle(
                ReservationStatus.Active,
                SessionEdge.Open,
                detail.ExpiresUs,
                ReservationStatus.Expired,
                SessionEdge.Expired),
        };

    /// <inheritdoc/>
    protected override IReadOnlyList<object?> Values(Reservation detail, SessionSpan span) =>
    [
        detail.Token,
        detail.Items,
        detail.Value,
        detail.ExpiresUs,
        (long)detail.Renewals,
        (long)detail.Extends,
        (long)detail.Updates,
        detail.Ip,
    ];
}

/// <summary>The statuses of a reservation.</summary>
public static class ReservationStatus
{
    /// <summary>The timer runs.</summary>
    public const string Active = "active";

    /// <summary>The cart was bought.</summary>
    public const string Converted = "converted";

    /// <summary>The timer ran out.</summary>
    public const string Expired = "expired";

    /// <summary>The system or a check called it off.</summary>
    public const string Cancelled = "cancelled";
}
