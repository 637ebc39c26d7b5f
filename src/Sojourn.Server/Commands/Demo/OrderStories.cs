using System.Globalization;
using Sojourn.Shop;

namespace Sojourn.Server.Commands.Demo;

/// <summary>How carts are filled and held, and how order forms end.</summary>
/// <param name="dice">Chooses how each story goes.</param>
/// <param name="tell">Writes it down.</param>
internal sealed class OrderStories(Dice dice, DemoTeller tell)
{
    private const int HoldSeconds = 900;

    private readonly FormStories _forms = new(dice, tell);

    /// <summary>Forms that were left, for staff to follow.</summary>
    public IReadOnlyList<LeftForm> Left => _forms.Left;

    /// <summary>A product goes into the cart; stock is held; some go on to the form.</summary>
    public void Hold(DemoScene scene, Product product, long atUs)
    {
        var cart = Fill(scene, product, dice.Chance(0.75) ? 1 : dice.Between(2, 4), atUs);
        if (dice.Chance(0.22))
        {
            atUs += dice.Seconds(20, 200);
            cart = cart with { Quantity = cart.Quantity + 1 };
            tell.Server(scene, "reservation_updated", atUs,
                new { cart_token = cart.Token, items = cart.Items, currency = cart.Currency });
        }

        if (dice.Chance(0.68))
        {
            _forms.Fill(scene.At("/commande"), cart, atUs + dice.Seconds(10, 90));
            return;
        }

        Dither(scene, cart, atUs);
    }

    /// <summary>Somebody holds much, again and again, and buys nothing.</summary>
    public void Hoard(DemoPerson who, long atUs)
    {
        var scene = new DemoScene(who, "/panier");
        var product = dice.Pick(Catalogue.Products);
        for (var left = dice.Between(3, 7); left > 0; left--)
        {
            var cart = Fill(scene, product, dice.Between(6, 10), atUs);
            for (var i = 0; i < 3; i++)
            {
                // Like clockwork, as programs do.
                atUs += dice.Seconds(240, 242);
                tell.Server(scene, "reservation_extended", atUs,
                    new { cart_token = cart.Token, hold_for = HoldSeconds });
            }

            atUs += dice.Minutes(46, 50);
        }
    }

    private DemoCart Fill(DemoScene scene, Product product, int quantity, long atUs)
    {
        var cart = new DemoCart(
            tell.Token(), product, dice.Pick(product.Variants), quantity,
            scene.Who.Place.Country);
        tell.Browser(scene, "product_added", atUs,
            new { product_id = product.Id, quantity, points = 20 });
        tell.Server(scene, "reservation_created", atUs + dice.Seconds(0, 1), new
        {
            cart_token = cart.Token,
            items = cart.Items,
            currency = cart.Currency,
            hold_for = HoldSeconds,
        });
        return cart;
    }

    // The cart is kept for a while, given back, or forgotten.
    private void Dither(DemoScene scene, DemoCart cart, long atUs)
    {
        var token = new { cart_token = cart.Token };
        if (dice.Chance(0.2))
            tell.Server(scene, "reservation_extended", atUs += dice.Minutes(2, 10), token);
        if (dice.Chance(0.15))
            tell.Server(scene, "reservation_renewed", atUs += dice.Minutes(20, 40), token);
        if (dice.Chance(0.14))
        {
            tell.Server(scene, "reservation_released", atUs + dice.Minutes(1, 9),
                new { cart_token = cart.Token, reason = "emptied" });
        }
        else if (dice.Chance(0.07))
        {
            tell.Server(scene, "reservation_cancelled", atUs + dice.Minutes(1, 4),
                new { cart_token = cart.Token, reason = "quantity_refused" });
        }
    }
}

/// <summary>A cart with one product in it.</summary>
internal sealed record DemoCart(
    string Token, Product Product, string Variant, int Quantity, string Country)
{
    private const decimal DinarsPerEuro = 147m;
    private const decimal DinarsPerDollar = 133m;
    private const decimal DinarsPerPound = 172m;

    /// <summary>What this shopper pays in. Source: ISO 4217.</summary>
    public string Currency => Country switch
    {
        "FR" or "DE" => "EUR",
        "US" => "USD",
        "GB" => "GBP",
        _ => Catalogue.Currency,
    };

    /// <summary>For one piece, in <see cref="Currency"/>.</summary>
    public decimal Price => Currency switch
    {
        "EUR" => Math.Round(Product.Price / DinarsPerEuro) + 0.90m,
        "USD" => Math.Round(Product.Price / DinarsPerDollar) + 0.99m,
        "GBP" => Math.Round(Product.Price / DinarsPerPound) + 0.50m,
        _ => Product.Price,
    };

    /// <summary>For all pieces.</summary>
    public decimal Worth => Price * Quantity;

    /// <summary>As events tell it.</summary>
    public object[] Items =>
    [
        new
        {
            variant = $"{Product.Id}:{Variant}",
            product = Product.Name,
            quantity = Quantity,
            price = Text(Price),
        },
    ];

    /// <summary>An amount as events tell it.</summary>
    public static string Text(decimal amount) =>
        amount.ToString("0.00", CultureInfo.InvariantCulture);
}
