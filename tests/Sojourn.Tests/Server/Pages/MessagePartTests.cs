using System.Net;
using AngleSharp.Html.Dom;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Server.Outreach;
using Xunit;
using static Sojourn.Tests.Server.Pages.BoardWorker;

namespace Sojourn.Tests.Server.Pages;

/// <summary>What the board fills in when somebody writes to a customer.</summary>
public sealed class MessagePartTests : IAsyncLifetime
{
    private const string Gift = """{"percent":10,"expires":"2026-03-09T10:00:00Z"}""";

    private TestServer _server = null!; // Set before each test.
    private BoardWorker _board = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TemplateBook Templates => _server.Services.GetRequiredService<TemplateBook>();

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _board = await BoardWorker.SignInAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _board.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_card_fills_in_the_first_template_of_each_channel()
    {
        await _server.TellAsync(Left("ada"));

        var board = await _board.OpenAsync(Board);

        Assert.Equal(
            "https://wa.me/213551234567?text=Hello ada, this is the team of "
            + $"{_server.Project.Name}. You did not finish your order of Lamp. Can I help?",
            LinkOf(board, "whatsapp"));
        Assert.StartsWith(
            $"sms:+213551234567?body={_server.Project.Name}: your order of Lamp is still open.",
            LinkOf(board, "sms"), StringComparison.Ordinal);
        Assert.StartsWith(
            "mailto:ada@home.example?subject=Your order is waiting, ada&body=Hello ada,\r\n\r\n",
            LinkOf(board, "email"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_project_chooses_the_template_of_a_one_tap_button()
    {
        await SaveAsync("mine", MessageTemplate.WhatsApp, "{{product}} × {{quantity}}");
        await SettleAsync(new() { OneTap = Choice(MessageTemplate.WhatsApp, "mine") });
        await _server.TellAsync(Left("ada"));

        var board = await _board.OpenAsync(Board);

        Assert.Equal("https://wa.me/213551234567?text=Lamp × 2", LinkOf(board, "whatsapp"));
    }

    [Fact]
    public async Task Who_writes_in_arabic_letters_is_written_to_in_arabic()
    {
        await SettleAsync(new() { OneTap = Choice(MessageTemplate.WhatsApp, "whatsapp-fr") });
        await _server.TellAsync(Left("ada"), Left("أمينة"));

        var board = await _board.OpenAsync(Board);

        Assert.Equal(
            ["Bonjour ada", "مرحبًا أمينة"],
            board.QuerySelectorAll("[data-contact=whatsapp]")
                .Select(one => WebUtility.UrlDecode(one.GetAttribute("href")!)
                    .Split("?text=")[1].Split(',', '،')[0])
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_template_with_a_gap_gives_way_to_the_next_one()
    {
        await SaveAsync("mine", MessageTemplate.WhatsApp, "Your code: {{code}}");
        await SettleAsync(new() { OneTap = Choice(MessageTemplate.WhatsApp, "mine") });
        await _server.TellAsync(Left("ada"));

        var board = await _board.OpenAsync(Board);

        Assert.StartsWith(
            "https://wa.me/213551234567?text=Hello ada", LinkOf(board, "whatsapp"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_was_offered_stands_in_the_message()
    {
        await SaveAsync("mine", MessageTemplate.WhatsApp, "{{code}} until {{code_expires}}");
        await SettleAsync(new() { OneTap = Choice(MessageTemplate.WhatsApp, "mine") });
        await _server.TellAsync(Left("ada"));
        await _board.ActAsync("ada", CheckoutActions.Discount, to: "ADA-1234", text: Gift);

        var board = await _board.OpenAsync(Board);
        var panel = await _board.OpenCardAsync("ada");

        Assert.EndsWith(
            "?text=ADA-1234 until 2026-03-09 10:00", LinkOf(board, "whatsapp"),
            StringComparison.Ordinal);
        Assert.Equal("ADA-1234 until 2026-03-09 10:00", panel.TextOf("#message-text"));
    }

    [Fact]
    public async Task The_panel_shows_the_template_that_was_picked_for_this_customer()
    {
        await _server.TellAsync(Left("ada"));
        var panel = await _board.OpenCardAsync("ada");
        var choice = panel.QuerySelector("#message-template")!;
        Assert.Equal(
            ["whatsapp-en", "whatsapp-fr", "whatsapp-ar", "sms-en", "email-fr", "email-en",
                "email-ar"],
            choice.QuerySelectorAll("option").Select(one => one.GetAttribute("value")));

        panel = await _board.FollowAsync(WithTemplate(choice, "email-fr"));

        Assert.StartsWith(
            "Votre commande vous attend", panel.TextOf("#message-text"), StringComparison.Ordinal);
        Assert.Contains("Bonjour ada,", panel.TextOf("#message-text"), StringComparison.Ordinal);
        Assert.StartsWith(
            "mailto:ada@home.example?subject=Votre commande vous attend&body=Bonjour ada,",
            LinkOf(panel, "email", "#panel "), StringComparison.Ordinal);
        Assert.Equal("email-fr", panel.QuerySelector("#panel option[selected]")!
            .GetAttribute("value"));
    }

    [Fact]
    public async Task The_panel_names_what_is_missing()
    {
        await SaveAsync("mine", MessageTemplate.WhatsApp, "Your code: {{code}}");
        await _server.TellAsync(Left("ada"));
        var panel = await _board.OpenCardAsync("ada");

        panel = await _board.FollowAsync(
            WithTemplate(panel.QuerySelector("#message-template")!, "mine"));

        Assert.Contains("There is no value for code", panel.TextOf(".card-message .notice"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_written_by_hand_carries_the_link_of_its_channel()
    {
        await SettleAsync(new() { RecoveryUrl = "https://shop.example/back?c={checkout_id}" });
        await _server.TellAsync(Left("ada"));

        var board = await _board.OpenAsync(Board);
        var link = LinkOf(board, "sms").Split(' ')[^1];
        var mark = await _server.Services.GetRequiredService<RecoveryLinks>()
            .ReadAsync(link.Split('/')[^1], Cancel);

        Assert.Equal(
            new RecoveryMark(
                _server.Project.Id, (await _board.FindAsync("ada")).Id, MessageTemplate.Sms),
            mark);
    }

    [Fact]
    public async Task Writing_is_noted_without_script_too()
    {
        await _server.TellAsync(Left("ada"));
        var panel = await _board.OpenCardAsync("ada");

        await _board.SendAsync(
            panel.QuerySelector(".card-message .card-form")!, ("to", "whatsapp"));

        var work = ((Checkout)(await _board.FindAsync("ada")).Detail!).Work;
        Assert.Equal("whatsapp", Assert.Single(work.Contacts).Channel);
    }

    [Fact]
    public async Task The_panel_says_when_a_customer_wants_no_mail()
    {
        await _server.TellAsync(Left("ada"));
        await _server.Services.GetRequiredService<Suppressions>().AddAsync(
            _server.Project.Id, "ada@home.example", Suppressions.OptOut, "customer", Cancel);

        var panel = await _board.OpenCardAsync("ada");

        Assert.Equal(
            "This customer asked for no more mails.", panel.TextOf(".card-message .notice"));
    }

    [Fact]
    public async Task Who_told_no_way_to_reach_them_cannot_be_written_to()
    {
        await _server.TellAsync(Some.Event(
            "checkout_updated", -20, device: "d1",
            properties: """{"checkout_id":"k1","customer":{"name":"ada","phone":"none"}}"""));

        var panel = await _board.OpenCardAsync("ada");

        Assert.Empty(panel.QuerySelectorAll(".card-message form, .card-message a"));
    }

    [Theory]
    [InlineData("whatsapp", "nobody")]
    [InlineData("whatsapp", "sms-en")]
    [InlineData("pigeon", "sms-en")]
    public async Task A_choice_of_a_template_that_is_not_of_the_channel_is_refused(
        string channel, string template)
    {
        var book = _server.Services.GetRequiredService<OutreachBook>();

        var answer = await book.SaveAsync(
            _server.Project, 0,
            new OutreachSettings { OneTap = Choice(channel, template) }.Write(), Cancel);

        Assert.Equal("one_tap", answer.Fault?.Field);
    }

    private static Event Left(string name) => Some.Event(
        "checkout_updated", -20, device: "d-" + name, properties: $$"""
            {"checkout_id":"{{name}}","total":"40.00","currency":"USD",
            "product":{"name":"Lamp","quantity":2},
            "customer":{"name":"{{name}}","phone":"+213 551 23 45 67",
            "email":"ada@home.example"} }
            """);

    private static Dictionary<string, string> Choice(string channel, string template) =>
        new() { [channel] = template };

    private static string LinkOf(IHtmlDocument page, string channel, string within = ".card ") =>
        Uri.UnescapeDataString(page.QuerySelector($"{within}a[data-contact={channel}]")!
            .GetAttribute("href")!);

    // What the form asks for, as a browser without script sends it.
    private static string WithTemplate(AngleSharp.Dom.IElement form, string template)
    {
        var kept = form.QuerySelectorAll("input[type=hidden]").Select(one =>
            $"{one.GetAttribute("name")}={Uri.EscapeDataString(one.GetAttribute("value")!)}");
        return $"{form.GetAttribute("action")}?{string.Join('&', kept)}&template={template}";
    }

    private async Task SaveAsync(string id, string channel, string body)
    {
        var answer = await Templates.PutAsync(
            _server.Project, new MessageTemplate(id, id, channel, "en", "", body), Cancel);
        Assert.Null(answer.Fault);
    }

    private async Task SettleAsync(OutreachSettings settings)
    {
        var answer = await _server.Services.GetRequiredService<OutreachBook>()
            .SaveAsync(_server.Project, 0, settings.Write(), Cancel);
        Assert.Null(answer.Fault);
    }
}
