using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Kinds.Checkouts.Reasons;

/// <summary>What an event means for why a form was left.</summary>
internal static class SignReader
{
    /// <summary>The checkout with the signs of an event that was folded into it.</summary>
    public static Checkout With(Checkout checkout, Event e) =>
        Of(checkout, e).Aggregate(
            checkout, (so, sign) => so with { Signs = so.Signs.With(sign) });

    private static IEnumerable<Sign> Of(Checkout checkout, Event e)
    {
        var told = e.Properties;
        return e.Name switch
        {
            "checkout_intent" when told.Text("reason") is { } reason =>
                [Make(Signs.Stated, e, reason) with { Text = told.Text("summary") }],
            "payment_failed" => [Make(Signs.PaymentFailed, e, told.Text("code"))],
            "checkout_coupon" =>
                [Make(told.Flag("accepted") == true ? Signs.CouponAccepted : Signs.CouponRefused,
                    e, told.Text("code"))],
            "checkout_error" =>
                [Make(Signs.Error, e, told.Text("field")) with { Text = told.Text("code") }],
            "checkout_signal" => Signal(e),
            "checkout_started" or "checkout_updated" => Shipping(checkout, e),
            "page_hidden" => [Make(Signs.Hidden, e)],
            "page_visible" => Shown(checkout, e),
            _ => [],
        };
    }

    private static Sign Make(string kind, Event e, string? target = null, long? number = null) =>
        new(kind, e.Id, e.TimeUs, target, number);

    private static Sign[] Signal(Event e)
    {
        var target = e.Properties.Text("target");
        return e.Properties.Text("kind") switch
        {
            "dwell" when e.Properties.Number("ms") is { } ms and > 0 and < 86_400_000 =>
                [Make(Signs.Dwell, e, target, (long)ms)],
            "payment_method" => [Make(Signs.Method, e, target)],
            "stock" => [Make(Signs.Stock, e, target)],
            "copy" => [Make(Signs.Copy, e, target)],
            _ => [],
        };
    }

    // Told again with every change of the form; only what is news is a sign.
    private static IEnumerable<Sign> Shipping(Checkout checkout, Event e)
    {
        if (e.Properties.Get("shipping") is not { ValueKind: JsonValueKind.Object } shipping)
            yield break;

        if (FeeOf(checkout, e, shipping) is { } fee
            && checkout.Signs.Last(Signs.Fee)?.Amount != fee.Amount)
        {
            yield return fee;
        }

        if (Numbers.NumberOf(shipping, "days") is { } days and >= 0 and <= 3650
            && checkout.Signs.Last(Signs.Days)?.Number != (long)days)
        {
            yield return Make(
                Signs.Days, e, Numbers.TextOf(shipping, "method"), (long)days);
        }

        var isRefused = shipping.TryGetProperty("available", out var available)
            && available.ValueKind == JsonValueKind.False;
        var wasRefused = checkout.Signs.All
            .LastOrDefault(one => one.Kind is Signs.NoDelivery or Signs.Delivery)
            ?.Kind == Signs.NoDelivery;
        if (isRefused && !wasRefused)
            yield return Make(Signs.NoDelivery, e, checkout.Customer.Wilaya);
        else if (wasRefused && available.ValueKind == JsonValueKind.True)
            yield return Make(Signs.Delivery, e, checkout.Customer.Wilaya);
    }

    private static Sign? FeeOf(Checkout checkout, Event e, JsonElement shipping)
    {
        var goods = checkout.Lines.Select(line => line.Total).OfType<Money>().ToList();
        if (Numbers.NumberOf(shipping, "fee") is not { } told || told < 0)
            return null;

        var currency = e.Properties.Text("currency") ?? checkout.Value?.Currency;
        if (currency is null || Money.From(told, currency) is not { } fee)
            return null;

        var same = goods.Where(one => one.Currency == fee.Currency).ToList();
        long? cart = same.Count > 0
            ? same.Sum(one => one.MinorUnits)
            : checkout.Value is { } value && value.Currency == fee.Currency
                ? value.MinorUnits - fee.MinorUnits
                : null;
        return Make(Signs.Fee, e, Numbers.TextOf(shipping, "method")) with
        {
            Amount = fee,
            Number = cart is > 0 ? (long)(100m * fee.MinorUnits / cart.Value) : null,
        };
    }

    private static Sign[] Shown(Checkout checkout, Event e) =>
        checkout.Signs.All.LastOrDefault(one => one.Kind is Signs.Hidden or Signs.Shown)
            is { Kind: Signs.Hidden } hidden
            ? [Make(Signs.Shown, e, null, (e.TimeUs - hidden.AtUs) / 1000)]
            : [];
}
