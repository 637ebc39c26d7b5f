using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>How order forms are filled, and why they are left.</summary>
/// <param name="dice">Chooses how each story goes.</param>
/// <param name="tell">Writes it down.</param>
internal sealed class FormStories(Dice dice, DemoTeller tell)
{
    private static readonly string[] Fields =
        ["name", "phone", "wilaya", "city", "address", "payment"];

    private static readonly object Sections = new
    {
        contact = new[] { "name", "phone", "email" },
        delivery = new[] { "wilaya", "city", "address" },
        payment = new[] { "payment", "coupon" },
    };

    // Why a form that is not sent is left, and after how many fields.
    private static readonly (int Weight, (string Why, int Least, int Most) What)[] Reasons =
    [
        (20, ("shipping_cost", 3, 4)), (8, ("delivery_time", 3, 4)), (12, ("form_friction", 1, 2)),
        (9, ("coupon_friction", 5, 5)), (8, ("payment_failed", 6, 6)), (16, ("comparison", 1, 5)),
        (13, ("distracted", 2, 5)), (6, ("price_shock", 4, 5)), (14, ("low_intent", 0, 2)),
    ];

    private readonly List<LeftForm> _left = [];

    /// <summary>Forms that were left, for staff to follow.</summary>
    public IReadOnlyList<LeftForm> Left => _left;

    /// <summary>Somebody fills the form, and sends it or not.</summary>
    public void Fill(DemoScene scene, DemoCart cart, long atUs)
    {
        var form = new FilledForm(scene, cart, tell.Token());
        Start(form, atUs);
        var (why, least, most) = dice.Chance(0.42)
            ? ("ordered", Fields.Length, Fields.Length)
            : dice.Pick(Reasons);
        var fields = dice.Between(least, most);
        for (var i = 0; i < fields; i++)
            atUs = Field(form, Fields[i], atUs);

        atUs += dice.Seconds(3, 25);
        if (why == "ordered")
            Order(form, atUs);
        else
            Leave(form, why, fields, atUs);
    }

    private void Start(FilledForm form, long atUs)
    {
        tell.Browser(form.Scene, EventNames.PageView, atUs,
            new { url = form.Scene.Url, title = "Commande", points = 10 });
        tell.Browser(form.Scene, "checkout_started", atUs + dice.Seconds(1, 4), new
        {
            checkout_id = form.Id,
            required = Fields,
            sections = Sections,
            currency = form.Cart.Currency,
            product = new
            {
                id = form.Cart.Product.Id,
                name = form.Cart.Product.Name,
                price = DemoCart.Text(form.Cart.Price),
                quantity = form.Cart.Quantity,
                variant = form.Cart.Variant,
            },
        });
    }

    private long Field(FilledForm form, string field, long atUs)
    {
        Touch(form, field, "focus", atUs += dice.Seconds(1, 5));
        atUs += dice.Seconds(2, field == "address" ? 22 : 11);
        if (field == "phone" && dice.Chance(0.15))
        {
            Touch(form, field, "change", atUs, isValid: false);
            tell.Browser(form.Scene, "checkout_error", atUs + dice.Seconds(0, 1),
                new { checkout_id = form.Id, field, code = "patternMismatch" });
            atUs += dice.Seconds(4, 15);
        }

        Touch(form, field, "change", atUs);
        if (form.CustomerUpTo(field) is { } customer)
        {
            tell.Browser(form.Scene, "checkout_updated", atUs + dice.Seconds(0, 1),
                new { checkout_id = form.Id, customer });
        }

        if (field == "wilaya")
            ShowDelivery(form, atUs + dice.Seconds(1, 2));
        if (field == "payment")
            Signal(form, "payment_method", form.IsAbroad ? "card" : "cod", atUs);
        return atUs;
    }

    private void ShowDelivery(FilledForm form, long atUs) => tell.Server(
        form.Scene, "checkout_updated", atUs, new
        {
            checkout_id = form.Id,
            shipping = new
            {
                method = form.IsAbroad ? "Colissimo" : "Yalidine, à domicile",
                fee = DemoCart.Text(form.DeliveryFee),
                days = form.DeliveryDays,
                available = true,
            },
            total = DemoCart.Text(form.Total),
            currency = form.Cart.Currency,
        });

    private void Order(FilledForm form, long atUs)
    {
        tell.Browser(form.Scene, EventNames.FormSubmit, atUs,
            new { checkout_id = form.Id, form = "commande" });
        var order = form.OrderNow();
        if (dice.Chance(0.05))
        {
            // The shop's server has not said so yet: converted, unconfirmed.
            tell.Browser(
                form.Scene.At("/merci"), "order_submitted", atUs + dice.Seconds(1, 3), order);
            return;
        }

        tell.Server(form.Scene, "order_submitted", atUs + dice.Seconds(0, 1), order);
        tell.Server(form.Scene, "checkout_completed", atUs + dice.Seconds(1, 2),
            new { cart_token = form.Cart.Token, order_id = form.OrderId });
        if (dice.Chance(0.03))
        {
            tell.Server(form.Scene, "order_cancelled", atUs + dice.Minutes(60, 2000),
                new { checkout_id = form.Id, order_id = form.OrderId });
        }
    }

    private void Leave(FilledForm form, string why, int fields, long atUs)
    {
        Regret(form, why, atUs);
        atUs += dice.Seconds(20, 50);
        if (dice.Chance(0.6))
        {
            tell.Browser(
                form.Scene, why == "distracted" ? "page_hidden" : "checkout_left", atUs,
                new { checkout_id = form.Id });
        }

        _left.Add(new LeftForm(form, atUs, CanBeCalled: fields >= 2));
    }

    // What a form shows of the reason it is left for.
    private void Regret(FilledForm form, string why, long atUs)
    {
        switch (why)
        {
            case "payment_failed":
                tell.Server(form.Scene, "payment_failed", atUs,
                    new { checkout_id = form.Id, code = "card_declined" });
                break;
            case "coupon_friction":
                tell.Server(form.Scene, "checkout_coupon", atUs,
                    new { checkout_id = form.Id, code = "BIENVENUE10", accepted = false });
                break;
            case "form_friction":
                tell.Browser(form.Scene, "checkout_error", atUs,
                    new { checkout_id = form.Id, field = "phone", code = "patternMismatch" });
                Signal(form, "dwell", "phone", atUs + dice.Seconds(5, 12), 34_000);
                break;
            case "comparison":
                Signal(form, "copy", "total", atUs);
                Hide(form, atUs + dice.Seconds(1, 3), atUs + dice.Seconds(16, 19));
                break;
            case "price_shock":
                Signal(form, "scroll_stop", "total", atUs);
                Signal(form, "dwell", "total", atUs + dice.Seconds(6, 12), 7_400);
                break;
        }
    }

    private void Hide(FilledForm form, long fromUs, long toUs)
    {
        tell.Browser(form.Scene, "page_hidden", fromUs, new { checkout_id = form.Id });
        tell.Browser(form.Scene, "page_visible", toUs, new { checkout_id = form.Id });
    }

    private void Touch(
        FilledForm form, string field, string action, long atUs, bool isValid = true) =>
        tell.Browser(form.Scene, "checkout_field", atUs, new
        {
            checkout_id = form.Id,
            field,
            action,
            filled = action == "change",
            valid = action == "change" && isValid,
        });

    private void Signal(FilledForm form, string kind, string target, long atUs, int? ms = null) =>
        tell.Browser(form.Scene, "checkout_signal", atUs,
            new { checkout_id = form.Id, kind, target, ms });
}
