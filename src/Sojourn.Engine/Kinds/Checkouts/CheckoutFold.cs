using System.Globalization;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts;

/// <summary>What one event changes about a checkout.</summary>
internal static class CheckoutFold
{
    public static Checkout Apply(Checkout before, Event e, ProjectSettings settings)
    {
        var after = before with { LeftUs = null };
        return e.Name switch
        {
            "checkout_started" => WithTotal(Started(after, e, settings), e, settings),
            "checkout_field" => FieldTouched(after, e),
            "checkout_error" => Unfilled(after, e.Properties.Text("field")),
            "checkout_updated" => Updated(after, e, settings),
            "checkout_signal" or "page_hidden" or "page_visible" =>
                after with { Interactions = after.Interactions + 1 },
            "checkout_left" => after with { LeftUs = e.TimeUs },
            "order_submitted" => Ordered(after, e, settings),
            "order_cancelled" => Cancelled(after, e),
            _ => after,
        };
    }

    private static Checkout Started(Checkout checkout, Event e, ProjectSettings settings) =>
        WithForm(WithProduct(checkout, e, settings), e);

    // The form's required fields, and which fields are validly filled, each as a whole.
    private static Checkout WithForm(Checkout checkout, Event e) => checkout with
    {
        Required = NamesOf(e, "required") ?? checkout.Required,
        Filled = NamesOf(e, "filled") is { } filled ? [.. filled.Order()] : checkout.Filled,
    };

    private static List<string>? NamesOf(Event e, string property) =>
        e.Properties.Get(property) is { ValueKind: JsonValueKind.Array } names
            ? [.. names.EnumerateArray().Select(TextOf).OfType<string>().Distinct()]
            : null;

    private static Checkout FieldTouched(Checkout checkout, Event e)
    {
        var touched = checkout with { Interactions = checkout.Interactions + 1 };
        if (e.Properties.Text("field") is not { } name)
            return touched;

        var filled = e.Properties.Flag("filled");
        if (filled == true && e.Properties.Flag("valid") != false)
            return touched with { Filled = [.. touched.Filled.Append(name).Distinct().Order()] };

        // To look into a field empties none. What a focus says of it may be older than a change
        // told before it: two requests of one form do not take the same time to arrive.
        var isEmptied = (filled == false || e.Properties.Flag("valid") == false)
            && e.Properties.Text("action") != "focus";
        return isEmptied ? Unfilled(touched, name) : touched;
    }

    private static Checkout Unfilled(Checkout checkout, string? name) =>
        checkout with { Filled = [.. checkout.Filled.Where(one => one != name)] };

    private static Checkout Updated(Checkout checkout, Event e, ProjectSettings settings)
    {
        var updated = WithForm(WithProduct(checkout, e, settings), e);
        if (e.Properties.Get("customer") is { ValueKind: JsonValueKind.Object } told)
        {
            string? Told(string name) =>
                told.TryGetProperty(name, out var value) ? TextOf(value) : null;

            var known = updated.Customer;
            updated = updated with
            {
                Customer = new CheckoutCustomer(
                    Told("name") ?? known.Name,
                    Told("phone") ?? known.Phone,
                    Told("email") ?? known.Email,
                    Told("wilaya") ?? known.Wilaya,
                    Told("city") ?? known.City,
                    Told("address") ?? known.Address),
            };
        }

        return WithTotal(updated, e, settings);
    }

    // What the shop says it is worth goes before what one product and its price amount to.
    private static Checkout WithTotal(Checkout checkout, Event e, ProjectSettings settings) =>
        checkout with { Value = MoneyOf(e, "total", settings) ?? checkout.Value };

    private static Checkout Ordered(Checkout checkout, Event e, ProjectSettings settings)
    {
        var confirmed = e.Trust != Trust.Claimed;
        if (checkout.Order is { Confirmed: true } || (checkout.Order is not null && !confirmed))
            return checkout;

        var order = new CheckoutOrder(e.Properties.Text("order_id"), e.TimeUs, confirmed, e.Id);
        return checkout with
        {
            Order = order,
            Value = MoneyOf(e, "total", settings) ?? checkout.Value,
        };
    }

    private static Checkout Cancelled(Checkout checkout, Event e) =>
        e.Trust != Trust.Claimed && checkout.Order?.OrderId == e.Properties.Text("order_id")
            ? checkout with { Order = null }
            : checkout;

    private static Checkout WithProduct(Checkout checkout, Event e, ProjectSettings settings)
    {
        var product = e.Properties.Get("product")
            ?? (e.Properties.Get("items") is { ValueKind: JsonValueKind.Array } items
                && items.GetArrayLength() > 0 ? items[0] : null);
        if (product is not { ValueKind: JsonValueKind.Object } one)
            return checkout;

        var quantity = one.TryGetProperty("quantity", out var told) ? NumberOf(told) ?? 1 : 1;
        var price = one.TryGetProperty("price", out var each) ? NumberOf(each) : null;
        return checkout with
        {
            Product = one.TryGetProperty("name", out var name) ? TextOf(name) : checkout.Product,
            Value = price is null or < 0 || quantity is < 0 or > 1_000_000
                ? checkout.Value
                : Money.From(price.Value * quantity, CurrencyOf(e, settings)) ?? checkout.Value,
        };
    }

    private static Money? MoneyOf(Event e, string property, ProjectSettings settings) =>
        e.Properties.Number(property) is { } amount and >= 0
            ? Money.From(amount, CurrencyOf(e, settings))
            : null;

    private static string CurrencyOf(Event e, ProjectSettings settings) =>
        e.Properties.Text("currency") ?? settings.Currency;

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static decimal? NumberOf(JsonElement value) =>
        decimal.TryParse(
            TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1_000_000_000_000m
            ? number
            : null;
}
