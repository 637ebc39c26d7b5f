using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>
/// How decorators use the shop's planning tool: boards, pieces, teammates, quotes. Its server
/// tells what they do, so their users are known for sure.
/// </summary>
/// <param name="dice">Chooses how each story goes.</param>
/// <param name="tell">Writes it down.</param>
internal sealed class AtelierStories(Dice dice, DemoTeller tell)
{
    private static readonly string[] Boards =
        ["Riad Bab El Oued", "Salon Hydra", "Hôtel Tipaza", "Café Didouche", "Maison d'été"];

    private static readonly (int Weight, string What)[] Deeds =
    [
        (30, "piece_placed"), (18, "colour_changed"), (14, "board_opened"), (8, "board_created"),
        (7, "teammate_invited"), (8, "comment_written"), (6, "quote_exported"),
        (5, "board_shared"), (4, "template_used"), (3, "change_undone"), (3, "help_opened"),
    ];

    private static readonly (string Question, string Answer)[] Chats =
    [
        ("Comment inviter mon client sur le tableau ?", "Ouvrez Partager, puis Inviter."),
        ("كيف أصدّر عرض السعر؟", "من قائمة الملف، ثم تصدير."),
        ("Can I change the currency of a quote?", "Yes, in the quote's settings."),
    ];

    /// <summary>One sitting of a decorator.</summary>
    public void Work(DemoPerson who, long atUs)
    {
        var user = UserOf(who);
        var scene = new DemoScene(who, "/atelier");
        tell.Server(scene, EventNames.Identify, atUs,
            new { name = who.Name, email = who.Email, traits = new { plan = PlanOf(who) } }, user);
        tell.Server(scene, EventNames.PageView, atUs += dice.Seconds(1, 3),
            new { url = scene.Url }, user);
        var board = dice.Pick(Boards);
        for (var left = dice.Between(2, dice.Chance(0.25) ? 26 : 10); left > 0; left--)
        {
            atUs += dice.Seconds(6, 200);
            Do(scene, user, dice.Pick(Deeds), board, atUs);
        }

        if (dice.Chance(0.08))
            Ask(scene, user, atUs + dice.Seconds(10, 60));
    }

    private void Do(DemoScene scene, string user, string deed, string board, long atUs)
    {
        scene = scene.At("/atelier/tableau");
        tell.Server(scene, deed, atUs, new { board, plan = PlanOf(scene.Who) }, user);
        if (deed == "quote_exported" && dice.Chance(0.25))
        {
            tell.Server(scene, "export_failed", atUs + dice.Seconds(1, 3),
                new { board, error = "timeout" }, user);
        }
    }

    private void Ask(DemoScene scene, string user, long atUs)
    {
        var (question, answer) = dice.Pick(Chats);
        var chat = tell.Token();
        tell.Server(scene, "chat_message", atUs,
            new { chat_id = chat, role = "user", text = question }, user);
        tell.Server(scene, "chat_message", atUs + dice.Seconds(2, 6),
            new { chat_id = chat, role = "assistant", text = answer }, user);
    }

    private static string UserOf(DemoPerson who) => "deco-" + who.Device[2..8];

    private static string PlanOf(DemoPerson who) => who.Device[^1] < '8' ? "studio" : "solo";
}
