using System.Globalization;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Reservations;

/// <summary>What one event changes about a reservation.</summary>
internal static class ReservationFold
{
    private static readonly long HoldMinUs = Micros.From(TimeSpan.FromMinutes(5));
    private static readonly long HoldMaxUs = Micros.From(TimeSpan.FromMinutes(60));

    public static Reservation Apply(Reservation before, Event e, ProjectSettings settings)
    {
        var after = before with { Ip = e.Context.Ip ?? before.Ip };
        return e.Name switch
        {
            "reservation_created" => WithItems(after, e, settings),
            "reservation_updated" =>
                WithItems(after, e, settings) with { Updates = after.Updates + 1 },
            "reservation_extended" when IsRunning(after, e) => after with
            {
                ExpiresUs = after.ExpiresUs + HoldUs(e, settings),
                Extends = after.Extends + 1,
            },
            "reservation_renewed" when after.Outcome is null => after with
            {
                ExpiresUs = e.TimeUs + HoldUs(e, settings),
                Renewals = after.Renewals + 1,
            },
            "reservation_released" or "reservation_cancelled" when after.Outcome is null =>
                after with { Outcome = SessionEdge.Cancelled },
            "checkout_completed" or "order_submitted" when e.Trust != Trust.Claimed =>
                after with { Outcome = SessionEdge.Converted },
            _ => after,
        };
    }

    /// <summary>How long the event holds stock, microseconds; told in seconds.</summary>
    public static long HoldUs(Event e, ProjectSettings settings) =>
        e.Properties.Number("hold_for") is { } seconds and > 0 and < 86_400
            ? Math.Clamp((long)(seconds * 1_000_000), HoldMinUs, HoldMaxUs)
            : Micros.From(settings.HoldFor);

    private static bool IsRunning(Reservation reservation, Event e) =>
        reservation.Outcome is null && e.TimeUs < reservation.ExpiresUs;

    private static Reservation WithItems(Reservation cart, Event e, ProjectSettings settings)
    {
        if (e.Properties.Get("items") is not { ValueKind: JsonValueKind.Array } items)
            return cart;

        var (pieces, worth) = (0m, 0m);
        foreach (var item in items.EnumerateArray())
        {
            var quantity = NumberOf(item, "quantity") ?? 1;
            pieces += quantity;
            worth += quantity * (NumberOf(item, "price") ?? 0);
        }

        return cart with
        {
            Items = (long)pieces,
            Value = Money.From(worth, e.Properties.Text("currency") ?? settings.Currency),
        };
    }

    // Negative and absurd numbers are taken as not told.
    private static decimal? NumberOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(name, out var value)
        && decimal.TryParse(
            value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number is >= 0 and < 1_000_000_000m
            ? number
            : null;
}
