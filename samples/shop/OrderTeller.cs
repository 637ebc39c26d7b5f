using Sojourn.Shop.Pages;

namespace Sojourn.Shop;

/// <summary>
/// Tells Sojourn what became of an order form; as the shop says so, it is verified.
/// </summary>
internal sealed class OrderTeller(EventQueue events, Shopper who, Cart cart, OrderForm sent)
{
    // The snippet put it into the form; a browser without the snippet sends none.
    private readonly string? _checkout =
        sent["checkout"] is { Length: > 0 and <= 100 } id ? id : null;

    /// <summary>Why the form was not taken.</summary>
    public void TellRefusal()
    {
        if (_checkout is null)
            return;
        if (sent.HasCoupon)
            TellCoupon();
        if (sent.Problem == "card_failed")
        {
            events.Tell("payment_failed", who,
                new { checkout_id = _checkout, code = "card_declined" });
        }
    }

    /// <summary>The order.</summary>
    public void TellOrder(PlacedOrder order)
    {
        if (_checkout is not null)
        {
            if (sent.HasCoupon)
                TellCoupon();
            events.Tell("checkout_updated", who,
                new { checkout_id = _checkout, customer = Customer });
        }

        events.Tell("order_submitted", who, new
        {
            checkout_id = _checkout,
            cart_token = cart.Token,
            order_id = order.Id,
            total = Html.Number(order.Total),
            currency = Catalogue.Currency,
            coupon = sent.HasCoupon ? sent["coupon"] : null,
        });
        events.Tell("checkout_completed", who,
            new { cart_token = cart.Token, order_id = order.Id });
    }

    private object Customer => new
    {
        name = sent["name"],
        phone = sent["phone"],
        email = sent["email"].Length > 0 ? sent["email"] : null,
        wilaya = sent["wilaya"],
        city = sent["city"],
        address = sent["address"],
    };

    private void TellCoupon() => events.Tell("checkout_coupon", who, new
    {
        checkout_id = _checkout,
        code = sent["coupon"],
        accepted = sent.Coupon is not null,
    });
}
