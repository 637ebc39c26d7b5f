using System.Text.Json;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts.Customers;
using Sojourn.Kinds.Checkouts.Reasons;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Sessions;

namespace Sojourn.Kinds.Checkouts;

/// <summary>What one event changes about a checkout.</summary>
/// <param name="rules">The project's rules about checkouts.</param>
internal sealed class CheckoutFold(CheckoutRules rules)
{
    /// <summary>Lines of one order that are looked at.</summary>
    private const int LinesMax = 100;

    /// <summary>Orders, cancellations and clicks of one checkout that are kept.</summary>
    private const int OrdersMax = 50;

    public Checkout Apply(Checkout before, Event e, ProjectSettings settings)
    {
        var after = Seen(before, e, settings);
        after = e.Name switch
        {
            "checkout_started" or "checkout_updated" => Updated(after, e, settings),
            "checkout_field" => FieldTouched(after, e),
            "checkout_error" => after with
            {
                Form = after.Form.Empties(e.Properties.Text("field")),
            },
            "checkout_coupon" => after with { Form = after.Form.Touch("coupon") },
            "checkout_signal" or "page_hidden" or "page_visible" =>
                after with { Interactions = after.Interactions + 1 },
            "checkout_left" => after with { LeftUs = e.TimeUs },
            "order_submitted" => Ordered(Updated(after, e, settings), e, settings),
            "order_cancelled" => Cancelled(after, e),
            "recovery_clicked" when e.Trust != Trust.Claimed => Clicked(after, e),
            _ => after,
        };
        return SignReader.With(after, e);
    }

    // What the shop's server tells later is no sign of life of the customer's.
    private static Checkout Seen(Checkout before, Event e, ProjectSettings settings)
    {
        if (e.Name is "order_cancelled" or "order_submitted")
            return before;

        var goneFrom = before.LastSeenUs == 0 ? (long?)null : Math.Min(
            before.LastSeenUs + Micros.From(settings.AbandonAfter),
            before.LeftUs + Micros.From(CheckoutKind.AbandonAfterLeft) ?? long.MaxValue);
        return before with
        {
            LeftUs = null,
            LastSeenUs = Math.Max(before.LastSeenUs, e.TimeUs),
            ReturnedUs = before.ReturnedUs ?? (e.TimeUs >= goneFrom ? e.TimeUs : null),
        };
    }

    private static Checkout FieldTouched(Checkout checkout, Event e)
    {
        var touched = checkout with { Interactions = checkout.Interactions + 1 };
        if (e.Properties.Text("field") is not { } name)
            return touched;

        var form = touched.Form.Touch(name);
        var filled = e.Properties.Flag("filled");
        var isValid = e.Properties.Flag("valid") != false;
        // To look into a field empties none. What a focus says of it may be older than a change
        // told before it: two requests of one form do not take the same time to arrive.
        var isEmptied = (filled == false || !isValid) && e.Properties.Text("action") != "focus";
        return touched with
        {
            Form = filled == true && isValid ? form.Fill(name)
                : isEmptied ? form.Empties(name)
                : form,
        };
    }

    private Checkout Updated(Checkout checkout, Event e, ProjectSettings settings)
    {
        var currency = e.Properties.Text("currency") ?? settings.Currency;
        var lines = LinesOf(e, currency) ?? checkout.Lines;
        var goods = ReferenceEquals(lines, checkout.Lines) ? null : Sum(lines);
        return checkout with
        {
            Form = checkout.Form.With(e),
            Customer = CustomerOf(checkout.Customer, e, settings),
            Lines = lines,
            // What the shop says it is worth goes before what products and prices amount to.
            Value = MoneyOf(e, "total", currency) ?? goods ?? checkout.Value,
            RestoreUrl = LinkOf(e.Properties.Text("restore_url"))
                ?? checkout.RestoreUrl ?? LinkOf(e.Context.Url),
        };
    }

    private CheckoutCustomer CustomerOf(CheckoutCustomer known, Event e, ProjectSettings settings)
    {
        if (e.Properties.Get("customer") is not { ValueKind: JsonValueKind.Object } told)
            return known;

        // A number typed abroad is a number of there, and not the same digits at home.
        var home = rules.CountryOf(settings);
        var country = e.Context.Country ?? home;
        var phone = Numbers.TextOf(told, "phone");
        var region = Numbers.TextOf(told, "wilaya");
        var email = Numbers.TextOf(told, "email");
        return new CheckoutCustomer(
            Numbers.TextOf(told, "name") ?? known.Name,
            phone ?? known.Phone,
            email ?? known.Email,
            region ?? known.Wilaya,
            Numbers.TextOf(told, "city") ?? known.City,
            Numbers.TextOf(told, "address") ?? known.Address)
        {
            Number = phone is null ? known.Number : NumberOf(phone, country, home),
            Region = region is null ? known.Region
                : (country is null ? null : rules.Regions.Find(region, country))
                    ?? (home is null ? null : rules.Regions.Find(region, home)),
            EmailVerified = email is null
                ? known.EmailVerified
                : e.Trust != Trust.Claimed || (known.EmailVerified && known.Email == email),
        };
    }

    private static PhoneNumber NumberOf(string told, string? country, string? home) =>
        PhoneNumber.Read(told, country) is { E164: not null } read
            ? read
            : PhoneNumber.Read(told, home);

    private Checkout Ordered(Checkout checkout, Event e, ProjectSettings settings)
    {
        var currency = e.Properties.Text("currency") ?? settings.Currency;
        var id = e.Properties.Text("order_id");
        var order = new CheckoutOrder(
            id, e.TimeUs, e.Trust != Trust.Claimed || rules.Recovery.AcceptClaimedOrders, e.Id,
            e.Properties.Text("coupon"), MoneyOf(e, "total", currency));
        var known = checkout.Orders.ToList();
        var same = known.FindIndex(one => one.OrderId == id);
        if (same < 0 && known.Count < OrdersMax)
            known.Add(order);
        else if (same >= 0 && order.Confirmed && !known[same].Confirmed)
            known[same] = order;
        var after = checkout with { Orders = known };
        return after with { Value = after.Order?.Total ?? after.Value };
    }

    private static Checkout Cancelled(Checkout checkout, Event e) =>
        e.Trust != Trust.Claimed && e.Properties.Text("order_id") is { } id
            && !checkout.Cancelled.Contains(id) && checkout.Cancelled.Count < OrdersMax
            ? checkout with { Cancelled = [.. checkout.Cancelled, id] }
            : checkout;

    private static Checkout Clicked(Checkout checkout, Event e) =>
        checkout.Work.Clicks.Count >= OrdersMax
            ? checkout
            : checkout with
            {
                Work = checkout.Work with
                {
                    Clicks =
                    [
                        .. checkout.Work.Clicks,
                        new(e.Id, e.TimeUs, ContactChannels.Of(e.Properties.Text("channel"))),
                    ],
                },
            };

    private static List<OrderLine>? LinesOf(Event e, string currency)
    {
        if (e.Properties.Get("items") is { ValueKind: JsonValueKind.Array } items
            && items.GetArrayLength() > 0)
        {
            return [.. items.EnumerateArray()
                .Where(one => one.ValueKind == JsonValueKind.Object)
                .Take(LinesMax)
                .Select(one => LineOf(one, currency))];
        }

        return e.Properties.Get("product") is { ValueKind: JsonValueKind.Object } product
            ? [LineOf(product, currency)]
            : null;
    }

    // A price or number that cannot be is as good as none.
    private static OrderLine LineOf(JsonElement told, string currency)
    {
        var quantity = told.TryGetProperty("quantity", out var many)
            ? Numbers.NumberOf(many) ?? 1 : 1;
        var isPriced = quantity is >= 0 and <= 1_000_000;
        return new OrderLine(
            Numbers.TextOf(told, "id"),
            Numbers.TextOf(told, "name") ?? Numbers.TextOf(told, "product"),
            Numbers.TextOf(told, "variant"),
            isPriced ? quantity : 1,
            isPriced && Numbers.NumberOf(told, "price") is { } price and >= 0
                ? Money.From(price, currency) : null);
    }

    private static Money? Sum(IReadOnlyList<OrderLine> lines)
    {
        var amounts = lines.Select(line => line.Total).OfType<Money>().ToList();
        return amounts.Count == 0 || amounts.Any(one => one.Currency != amounts[0].Currency)
            ? null
            : new Money(
                (long)Int128.Min(long.MaxValue, amounts.Aggregate(
                    (Int128)0, (sum, one) => sum + one.MinorUnits)),
                amounts[0].Currency);
    }

    private static Money? MoneyOf(Event e, string property, string currency) =>
        e.Properties.Number(property) is { } amount and >= 0
            ? Money.From(amount, currency)
            : null;

    private static string? LinkOf(string? told) =>
        told is { Length: <= 2000 }
            && Uri.TryCreate(told, UriKind.Absolute, out var link)
            && link.Scheme is "http" or "https"
            ? told
            : null;
}
