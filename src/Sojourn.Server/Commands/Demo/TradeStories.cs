using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>
/// How decorators and hotels find the shop's planning tool and ask for it: they read, compare
/// prices, look at what others made, and write or leave.
/// </summary>
/// <param name="dice">Chooses how each story goes.</param>
/// <param name="tell">Writes it down.</param>
internal sealed class TradeStories(Dice dice, DemoTeller tell)
{
    private static readonly
        (int Weight, (string Page, string? Referrer, DemoCampaign? Campaign) What)[] Ways =
    [
        (24, ("/blog/berbere", "https://www.google.com/", null)),
        (18, ("/pro", null, null)),
        (16, ("/pro", "https://www.google.com/", new("pro-plan", "google", "cpc", "b"))),
        (14, ("/pro", "https://www.linkedin.com/", new("hotels", "linkedin", "paid_social"))),
        (12, ("/docs/mesures", "https://www.google.com/", null)),
        (8, ("/case-studies/hotel-tipaza", "https://archi.example/liens", null)),
    ];

    private static readonly (int Weight, string What)[] Forms =
        [(4, "demo"), (5, "trial"), (2, "contact")];

    // Where readers of a page go next.
    private static readonly Dictionary<string, (int Weight, string What)[]> Next = new()
    {
        ["blog"] = [(4, "/blog/teinture"), (2, "/pricing"), (2, "/pro"), (1, "/case-studies/riad")],
        ["pro"] = [(5, "/pricing"), (3, "/case-studies/riad"), (2, "/docs/plans")],
        ["docs"] = [(4, "/docs/plans"), (2, "/pricing"), (1, "/blog/teinture")],
        ["pricing"] = [(4, "/case-studies/hotel-tipaza"), (2, "/docs/plans"), (2, "/pro")],
        ["case-studies"] = [(4, "/pricing"), (2, "/pro"), (1, "/blog/berbere")],
    };

    /// <summary>One visit.</summary>
    public void Visit(DemoPerson who, long atUs)
    {
        var (page, referrer, campaign) = dice.Pick(Ways);
        Read(new DemoScene(who, page) { Referrer = referrer, Campaign = campaign }, atUs);
    }

    /// <summary>A letter to people of the trade, opened and perhaps clicked.</summary>
    public void Letter(DemoPerson who, long atUs)
    {
        var scene = new DemoScene(who, "/pricing") { Campaign = new("pro", "newsletter", "email") };
        tell.Server(scene, EventNames.EmailOpen, atUs, new { message_id = $"pro-{who.Device}" });
        if (!dice.Chance(0.55))
            return;

        atUs += dice.Seconds(4, 90);
        tell.Server(scene, EventNames.EmailClick, atUs,
            new { message_id = $"pro-{who.Device}", url = scene.Url });
        Read(scene, atUs + dice.Seconds(1, 4));
    }

    private void Read(DemoScene scene, long atUs)
    {
        var (prices, proof) = (false, false);
        for (var left = dice.Between(1, 6); left > 0; left--)
        {
            tell.Browser(scene, EventNames.PageView, atUs,
                new { url = scene.Url, referrer = scene.Referrer, title = "Maison Atlas Pro" });
            var part = scene.Path.Split('/')[1];
            (prices, proof) = (prices || part == "pricing", proof || part == "case-studies");
            atUs += dice.Seconds(20, 200);
            if (left > 1)
                scene = scene.At(dice.Pick(Next[part]));
        }

        if (dice.Chance(prices && proof ? 0.42 : prices ? 0.2 : 0.05))
            Ask(scene, atUs);
    }

    private void Ask(DemoScene scene, long atUs) => tell.Browser(
        scene, EventNames.FormSubmit, atUs,
        new { form = dice.Pick(Forms), url = scene.Url, points = 30 });
}
