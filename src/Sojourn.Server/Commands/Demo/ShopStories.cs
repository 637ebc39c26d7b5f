using Sojourn.Events;
using Sojourn.Shop;

namespace Sojourn.Server.Commands.Demo;

/// <summary>How people come to the shop, look around, and are written to.</summary>
/// <param name="dice">Chooses how each story goes.</param>
/// <param name="tell">Writes it down.</param>
internal sealed class ShopStories(Dice dice, DemoTeller tell)
{
    private static readonly (int Weight, (string? Referrer, DemoCampaign? Campaign) What)[] Ways =
    [
        (26, (null, null)),
        (22, ("https://www.google.com/", null)),
        (6, ("https://www.google.com/", new("recherche-tapis", "google", "cpc", "annonce-b"))),
        (16, ("https://l.facebook.com/", new("artisans-automne", "facebook", "paid_social"))),
        (14, ("https://www.instagram.com/", new("coffrets-cadeaux", "instagram", "story"))),
        (6, ("https://www.tiktok.com/", null)),
        (5, ("https://www.ouedkniss.com/", null)),
        (5, (null, new("sms-weekend", "sms", "sms"))),
    ];

    private static readonly string[] Reading =
        ["/avis", "/livraison", "/retours", "/artisans", "/histoire"];

    private readonly OrderStories _orders = new(dice, tell);

    /// <summary>Order forms that were left, for staff to follow.</summary>
    public IReadOnlyList<LeftForm> Left => _orders.Left;

    /// <summary>One visit, from the way in to whatever end it finds.</summary>
    public void Visit(DemoPerson who, long atUs)
    {
        var (referrer, campaign) = dice.Pick(Ways);
        Browse(new DemoScene(who, "/") { Referrer = referrer, Campaign = campaign }, atUs);
    }

    /// <summary>A mail is sent; machines open it, then perhaps a person, who may come.</summary>
    public void Mail(DemoPerson who, long atUs, string campaign)
    {
        var message = $"{campaign}-{who.Device}";
        var scene = new DemoScene(who, "/lettre");
        if (dice.Chance(0.35))
        {
            tell.Server(scene, EventNames.EmailOpen, atUs + dice.Seconds(1, 8),
                new { message_id = message, machine = true });
        }

        if (!dice.Chance(0.4))
            return;

        atUs += dice.Minutes(4, 900);
        tell.Server(scene, EventNames.EmailOpen, atUs, new { message_id = message, points = 2 });
        if (dice.Chance(0.04))
        {
            tell.Server(scene, "unsubscribe", atUs + dice.Seconds(5, 40),
                new { message_id = message, points = -20 });
        }
        else if (dice.Chance(0.35))
        {
            atUs += dice.Seconds(3, 60);
            tell.Server(scene, EventNames.EmailClick, atUs,
                new { message_id = message, url = scene.At("/").Url, points = 5 });
            Browse(
                new DemoScene(who, "/") { Campaign = new(campaign, "newsletter", "email") },
                atUs + dice.Seconds(1, 4));
        }
    }

    /// <summary>Somebody comes for one thing and puts it into the cart.</summary>
    public void Shop(DemoPerson who, long atUs)
    {
        var (referrer, campaign) = dice.Pick(Ways);
        var product = dice.Pick(Catalogue.Products);
        var scene = new DemoScene(who, PathOf(product))
        {
            Referrer = referrer,
            Campaign = campaign,
        };
        See(scene, atUs, 5);
        _orders.Hold(scene, product, atUs + dice.Seconds(10, 60));
    }

    /// <summary>Somebody holds much, again and again, and buys nothing.</summary>
    public void Hoard(DemoPerson who, long atUs) => _orders.Hoard(who, atUs);

    /// <summary>A crawler reads the shop.</summary>
    public void Crawl(long atUs)
    {
        var crawler = DemoPeople.Of(0) with
        {
            Device = $"crawler-{dice.Between(1, 6)}",
            UserAgent = dice.Pick(Crawlers),
            Ip = "192.0.2." + dice.Between(1, 60),
            Locale = "en",
        };
        var pages = dice.Between(3, 24);
        for (var i = 0; i < pages; i++)
        {
            var path = dice.Chance(0.7)
                ? PathOf(dice.Pick(Catalogue.Products))
                : dice.Pick(Reading);
            var scene = new DemoScene(crawler, path);
            tell.Browser(scene, EventNames.PageView, atUs, new { url = scene.Url });
            atUs += dice.Seconds(1, 5);
        }
    }

    private void Browse(DemoScene scene, long atUs)
    {
        See(scene, atUs, 1);
        SignIn(scene, atUs);
        Product? liked = null;
        // Most leave after a page or two; some look at a lot.
        for (var left = dice.Chance(0.38) ? 0 : dice.Between(1, dice.Chance(0.2) ? 9 : 4);
            left > 0;
            left--)
        {
            atUs += dice.Seconds(8, 150);
            if (dice.Chance(0.25))
            {
                See(scene = scene.At(dice.Pick(Reading)), atUs, 3);
                continue;
            }

            liked = dice.Pick(Catalogue.Products);
            See(scene = scene.At(PathOf(liked)), atUs, 5);
            Consider(scene, liked, atUs + dice.Seconds(3, 7));
        }

        if (liked is not null && dice.Chance(0.42))
            _orders.Hold(scene, liked, atUs + dice.Seconds(10, 60));
    }

    private void See(DemoScene scene, long atUs, int points) => tell.Browser(
        scene, EventNames.PageView, atUs,
        new { url = scene.Url, referrer = scene.Referrer, title = "Maison Atlas", points });

    // Who has an account is recognised, and the shop's server vouches for it.
    private void SignIn(DemoScene scene, long atUs)
    {
        var who = scene.Who;
        if (who.User is null || !dice.Chance(0.5))
            return;

        tell.Server(scene, EventNames.Identify, atUs + dice.Seconds(2, 6),
            new { email = who.Email, name = who.Name, phone = who.Phone }, who.User);
    }

    private void Consider(DemoScene scene, Product product, long atUs)
    {
        if (dice.Chance(0.16))
        {
            tell.Browser(scene, "wishlist_added", atUs,
                new { product_id = product.Id, points = 8 });
        }
        else if (dice.Chance(0.1))
        {
            tell.Browser(scene, "search_used", atUs, new { query = product.Craft, points = 3 });
        }
        else if (dice.Chance(0.08))
        {
            tell.Browser(scene, EventNames.FormSubmit, atUs,
                new { form = "lettre", url = scene.Url, points = 15 });
        }
        else if (dice.Chance(0.05))
        {
            tell.Browser(scene, "custom_piece_requested", atUs,
                new { product_id = product.Id, points = 40 });
        }
    }

    private static string PathOf(Product product) => "/produits/" + product.Id;

    private static readonly string[] Crawlers =
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    ];
}
