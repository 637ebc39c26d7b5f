using System.Globalization;
using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>What happens in the demo shop, as the events it sends.</summary>
/// <param name="random">Chooses how each story goes.</param>
internal sealed class DemoScript(Random random)
{
    private const string Shop = "https://shop.example.com";

    private static readonly (string Name, decimal Price)[] Products =
    [
        ("Ceramic teapot", 42.50m), ("Olive wood board", 29.90m), ("Linen tablecloth", 64.00m),
        ("Brass lantern", 89.00m), ("Wool rug", 210.00m), ("Argan oil", 18.75m),
    ];

    private static readonly string[] Pages =
        ["/", "/collections/home", "/products/teapot", "/pricing", "/reviews", "/contact"];

    private static readonly (string? Source, string? Referrer)[] Sources =
    [
        (null, null), ("newsletter", null), ("instagram", "https://www.instagram.com/"),
        (null, "https://www.google.com/"), ("google", "https://www.google.com/"),
    ];

    private static readonly string[] Deeds =
        ["search_used", "filter_applied", "wishlist_added", "review_written", "demo_requested"];

    private static readonly string[] FormFields = ["name", "phone", "wilaya", "city", "address"];

    private int _count;

    /// <summary>Everything that has happened, story by story.</summary>
    public List<Event> Events { get; } = [];

    /// <summary>Somebody looks around; some sign in, some do something that counts.</summary>
    public void Visit(DemoPerson person, long atUs)
    {
        var (source, referrer) = Sources[random.Next(Sources.Length)];
        var context = ContextOf(person) with
        {
            Referrer = referrer,
            Campaign = source is null ? null : new Campaign("autumn", source, "web", null, null),
        };
        var steps = 1 + random.Next(12);
        for (var i = 0; i < steps; i++)
        {
            if (i == 1 && person.User is not null)
            {
                Tell(person, "identify", atUs, context,
                    new { email = person.Email, name = person.Name });
            }
            else if (random.Next(4) == 0)
            {
                Tell(person, Deeds[random.Next(Deeds.Length)], atUs, context,
                    new { points = random.Next(1, 6) * 5 });
            }
            else
            {
                var page = Shop + Pages[random.Next(Pages.Length)];
                Tell(person, EventNames.PageView, atUs, context with { Url = page },
                    new { url = page, points = 1 });
            }

            atUs += Micros.From(TimeSpan.FromSeconds(random.Next(5, 240)));
        }
    }

    /// <summary>A crawler reads the shop.</summary>
    public void Crawl(long atUs)
    {
        var crawler = DemoPeople.Of(0) with
        {
            Device = $"crawler-{random.Next(5)}",
            User = null,
            UserAgent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            Country = "US",
        };
        var pages = random.Next(3, 30);
        for (var i = 0; i < pages; i++)
        {
            var page = Shop + Pages[random.Next(Pages.Length)];
            Tell(crawler, EventNames.PageView, atUs, ContextOf(crawler) with { Url = page },
                new { url = page });
            atUs += Micros.From(TimeSpan.FromSeconds(random.Next(1, 4)));
        }
    }

    /// <summary>Somebody begins an order form, and may get to its end.</summary>
    public void Checkout(int number, DemoPerson person, long atUs)
    {
        var id = $"checkout-{number:D5}";
        var (product, price) = Products[random.Next(Products.Length)];
        var quantity = 1 + random.Next(3);
        var context = ContextOf(person) with { Url = Shop + "/checkout" };
        Tell(person, "checkout_started", atUs, context, new
        {
            checkout_id = id,
            required = FormFields,
            currency = "USD",
            product = new { id = product, name = product, price = Text(price), quantity },
        });
        var filled = random.Next(FormFields.Length + 1);
        for (var i = 0; i < filled; i++)
        {
            atUs += Micros.From(TimeSpan.FromSeconds(random.Next(3, 40)));
            Tell(person, "checkout_field", atUs, context, new
            {
                checkout_id = id,
                field = FormFields[i],
                action = "change",
                valid = random.Next(8) > 0,
                filled = true,
            });
        }

        Tell(person, "checkout_updated", atUs + 1, context, new
        {
            checkout_id = id,
            total = Text(price * quantity),
            currency = "USD",
            customer = new
            {
                name = person.Name,
                phone = filled > 1 ? person.Phone : null,
                city = filled > 3 ? person.City : null,
            },
        });
        EndCheckout(person, id, filled, price * quantity, context, atUs);
    }

    /// <summary>Somebody holds stock in a cart.</summary>
    public void Cart(int number, DemoPerson person, long atUs)
    {
        var token = $"cart-{number:D5}";
        var (product, price) = Products[random.Next(Products.Length)];
        var context = ContextOf(person);
        var items = new[]
        {
            new { variant = product, product, quantity = 1 + random.Next(4), price = Text(price) },
        };
        Tell(person, "reservation_created", atUs, context,
            new { cart_token = token, items, currency = "USD" });
        if (random.Next(3) == 0)
        {
            atUs += Micros.From(TimeSpan.FromMinutes(random.Next(1, 14)));
            Tell(person, "reservation_extended", atUs, context, new { cart_token = token });
        }

        var end = random.Next(10) switch
        {
            < 4 => "checkout_completed",
            4 => "reservation_cancelled",
            _ => null,
        };
        if (end is not null)
        {
            atUs += Micros.From(TimeSpan.FromMinutes(random.Next(1, 12)));
            Tell(person, end, atUs, context,
                new { cart_token = token, order_id = $"order-r{number}" });
        }
    }

    private void EndCheckout(
        DemoPerson person, string id, int filled, decimal total, EventContext context, long atUs)
    {
        atUs += Micros.From(TimeSpan.FromSeconds(random.Next(10, 90)));
        switch (random.Next(6))
        {
            case < 2 when filled == FormFields.Length:
                Tell(person, "order_submitted", atUs, context, new
                {
                    checkout_id = id,
                    order_id = "order-" + id,
                    total = Text(total),
                    currency = "USD",
                });
                break;
            case 2:
                Tell(person, "payment_failed", atUs, context,
                    new { checkout_id = id, code = "card_declined" });
                break;
            case 3:
                Tell(person, "checkout_left", atUs, context, new { checkout_id = id });
                break;
        }
    }

    private void Tell(
        DemoPerson person, string name, long atUs, EventContext context, object properties) =>
        Events.Add(new Event
        {
            Id = $"demo-{++_count:D7}",
            Name = name,
            AnonymousId = person.Device,
            UserId = name == EventNames.Identify ? person.User : null,
            TimeUs = atUs,
            OccurredUs = atUs,
            ReceivedUs = atUs,
            Trust = Trust.Verified,
            Context = context,
            Properties = Properties.FromJson(JsonSerializer.SerializeToUtf8Bytes(properties)),
        });

    private static EventContext ContextOf(DemoPerson person) => new()
    {
        UserAgent = person.UserAgent,
        Country = person.Country,
        Url = Shop + "/",
    };

    private static string Text(decimal amount) =>
        amount.ToString("0.00", CultureInfo.InvariantCulture);
}
