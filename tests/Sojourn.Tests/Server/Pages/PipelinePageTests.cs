using System.Net;
using Sojourn.Kinds.Checkouts;
using Sojourn.Sessions;
using Xunit;
using static Sojourn.Tests.Server.Pages.BoardWorker;

namespace Sojourn.Tests.Server.Pages;

/// <summary>The board shows what the lists show, and what is done on it is done once.</summary>
public sealed class PipelinePageTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.
    private BoardWorker _board = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    [Theory]
    [InlineData("")]
    [InlineData("?priority=urgent")]
    [InlineData("?priority=high")]
    [InlineData("?priority=medium")]
    [InlineData("?priority=low")]
    [InlineData("?assignee=lea%40shop.example")]
    [InlineData("?assignee=&q=ada")]
    [InlineData("?reason=payment_failed&reason=unknown")]
    public async Task Every_column_counts_and_adds_up_exactly_its_list(string question)
    {
        await _board.TellWorldAsync();

        var board = await _board.OpenAsync(Board + question);

        foreach (var column in board.QuerySelectorAll(".column"))
        {
            var count = column.QuerySelector(".count")!;
            var address = count.GetAttribute("href")!;
            var list = await _board.FollowAsync(address);
            Assert.Empty(list.QuerySelectorAll("#notices .notice"));
            Assert.Equal(count.TextContent, list.TextOf("#applied b"));
            Assert.Equal(await _board.SumOfAsync(address), SumOf(column));
        }
    }

    [Fact]
    public async Task The_priorities_share_out_the_whole_board()
    {
        await _board.TellWorldAsync();

        var counts = new List<int>();
        foreach (var level in new[] { "urgent", "high", "medium", "low" })
            counts.Add(CardsOf(await _board.OpenAsync($"{Board}?priority={level}")).Count);

        Assert.All(counts, count => Assert.True(count > 0, $"Only {string.Join(' ', counts)}."));
        Assert.Equal(CardsOf(await _board.OpenAsync(Board)).Count, counts.Sum());
    }

    [Fact]
    public async Task The_most_urgent_stand_first_with_what_makes_them_so()
    {
        await _server.TellAsync(
            Left("small", 20, "5.00"), Left("old", 600, "500.00"), Left("great", 20, "500.00"));

        var board = await _board.OpenAsync(Board);

        Assert.Equal(
            ["great", "old", "small"], board.TextsOf("#cards-abandoned .row-link"));
        Assert.Contains(
            "500.00 USD, seen 20m ago, progress unknown, can be called",
            board.QuerySelector("#cards-abandoned .card")!.GetAttribute("title"));
    }

    [Fact]
    public async Task Archived_ones_and_those_who_are_still_there_are_not_on_it()
    {
        await _server.TellAsync(Left("here", 1), Left("gone", 20), Left("kept", 20));
        await _board.ActAsync("gone", ActionTypes.Archive);

        var board = await _board.OpenAsync(Board);

        Assert.Equal(["kept"], board.TextsOf(".card .row-link"));
    }

    [Fact]
    public async Task A_column_shows_thirty_and_more_only_adds_to_them()
    {
        await _server.TellAsync(
            [.. Enumerable.Range(0, 70).Select(one => Left($"n{one:00}", 20 + one, "50.00"))]);

        var first = await _board.OpenAsync(Board);
        var second = await _board.FollowAsync(first.LinkOf("#more-abandoned"));
        var third = await _board.FollowAsync(second.LinkOf("#more-abandoned"));

        var (few, more, all) = (CardsOf(first), CardsOf(second), CardsOf(third));
        Assert.Equal((30, 60, 70), (few.Count, more.Count, all.Count));
        Assert.Equal(few, more.Take(30));
        Assert.Equal(more, all.Take(60));
        Assert.Equal(70, all.Distinct().Count());
        Assert.Empty(third.QuerySelectorAll("#more-abandoned"));
    }

    [Fact]
    public async Task Advancing_moves_a_card_and_undoing_brings_it_back()
    {
        await _server.TellAsync(Left("ada", 20));
        var board = await _board.OpenAsync(Board);
        Assert.Equal("Contacted", board.TextOf("#cards-abandoned .advance"));

        board = await _board.MoveAsync(board, "ada", "contacted");

        Assert.Equal(["ada"], board.TextsOf("#cards-contacted .row-link"));
        Assert.StartsWith("Moved to Contacted.", board.TextOf("#toasts .toast"));

        board = await _board.SendAsync(board.QuerySelector("#toasts form")!);

        Assert.Equal("Taken back.", board.TextOf("#toasts .toast"));
        Assert.Equal(["ada"], board.TextsOf("#cards-abandoned .row-link"));
    }

    [Fact]
    public async Task Nothing_is_undone_after_the_time_for_it()
    {
        await _server.TellAsync(Left("ada", 20));
        var board = await _board.MoveAsync(await _board.OpenAsync(Board), "ada", "contacted");
        _server.Clock.Advance(TimeSpan.FromSeconds(13));

        board = await _board.SendAsync(board.QuerySelector("#toasts form")!);

        Assert.StartsWith("Too late", board.TextOf("#toasts .toast"));
        Assert.Equal(["ada"], board.TextsOf("#cards-contacted .row-link"));
    }

    [Fact]
    public async Task A_move_the_table_does_not_have_is_refused_by_name_and_not_offered()
    {
        await _server.TellAsync(Left("ada", 20));
        var board = await _board.OpenAsync(Board);
        Assert.Equal(
            "contacted lost", board.QuerySelector(".card")!.GetAttribute("data-steps"));

        board = await _board.MoveAsync(board, "ada", "recovered");

        Assert.Equal(
            "Not moved: from Abandoned it goes to Contacted, Lost, not to Recovered.",
            board.TextOf("#toasts .toast"));
        Assert.Equal(["ada"], board.TextsOf("#cards-abandoned .row-link"));
    }

    [Fact]
    public async Task Of_two_people_one_moves_it_and_the_other_is_told_who_and_when()
    {
        await _server.TellAsync(Left("ada", 20));
        var board = await _board.OpenAsync(Board);
        await _board.ActAsync("ada", ActionTypes.Status, to: "lost");

        board = await _board.MoveAsync(board, "ada", "contacted");

        Assert.Equal(
            "Not moved: lea@shop.example moved it to Lost at 10:00.",
            board.TextOf("#toasts .toast"));
        Assert.Equal(["ada"], board.TextsOf("#cards-lost .row-link"));
    }

    [Fact]
    public async Task A_contact_is_noted_and_moves_an_abandoned_card()
    {
        await _server.TellAsync(Left("ada", 20));
        var board = await _board.OpenAsync(Board);
        Assert.Equal("tel:+213551234567", board.LinkOf("[data-contact=phone]"));
        Assert.StartsWith(
            "https://wa.me/213551234567?text=Hello%20ada", board.LinkOf("[data-contact=whatsapp]"));

        board = await _board.SendAsync(
            board.QuerySelector(".card-form")!, ("type", "contact"), ("to", "whatsapp"));

        Assert.StartsWith("WhatsApp noted as a contact.", board.TextOf("#toasts .toast"));
        Assert.Equal(["ada"], board.TextsOf("#cards-contacted .row-link"));
    }

    [Fact]
    public async Task A_phone_that_is_none_has_no_call_but_a_reason()
    {
        await _server.TellAsync(Left("ada", 20, phone: "12"));

        var board = await _board.OpenAsync(Board);

        Assert.Empty(board.QuerySelectorAll("[href^='tel:'], [href*='wa.me'], [href^='sms:']"));
        Assert.Equal("Cannot be called: not a phone number", board.TextOf(".card-fault"));
    }

    [Fact]
    public async Task A_discount_code_is_made_to_be_read_and_shown_with_its_end()
    {
        await _server.TellAsync(Left("ada", 20), Left("bob", 20));
        var codes = new List<string>();
        foreach (var name in new[] { "ada", "bob" })
        {
            var panel = await _board.OpenCardAsync(name);
            var form = FormOf(panel, CheckoutActions.Discount);
            panel = await _board.SendAsync(
                form, ("value", "15"), ("unit", "percent"), ("days", "7"));

            var code = panel.QuerySelector(".offered-codes [data-copy]")!
                .GetAttribute("data-copy")!;
            Assert.Matches("^[ACDEFGHJKMNPQRTUVWXY34679]{4}-[ACDEFGHJKMNPQRTUVWXY34679]{4}$", code);
            Assert.Equal("15%, until 9 Mar 2026, 10:00", panel.TextOf(".offered-codes li > span"));
            Assert.Equal(code, panel.QuerySelector(".toast")!.GetAttribute("data-copied"));
            Assert.Contains("Discount offered", panel.TextsOf($"[id='{IdOf(panel, name)}'] .tag"));
            codes.Add(code);
        }

        Assert.Equal(2, codes.Distinct().Count());
    }

    [Theory]
    [InlineData("0", "percent", "7")]
    [InlineData("101", "percent", "7")]
    [InlineData("12.5", "percent", "7")]
    [InlineData("-5", "USD", "7")]
    [InlineData("ten", "percent", "7")]
    [InlineData("10", "percent", "0")]
    [InlineData("10", "percent", "400")]
    [InlineData("10", "gold", "7")]
    public async Task A_discount_that_makes_no_sense_makes_no_code(
        string value, string unit, string days)
    {
        await _server.TellAsync(Left("ada", 20));
        var form = FormOf(await _board.OpenCardAsync("ada"), CheckoutActions.Discount);

        var panel = await _board.SendAsync(form, ("value", value), ("unit", unit), ("days", days));

        Assert.StartsWith("No code made", panel.TextOf(".toast"));
        Assert.Empty(panel.QuerySelectorAll(".offered-codes li"));
    }

    [Fact]
    public async Task Follow_ups_stand_in_the_due_list_by_their_time()
    {
        await _server.TellAsync(Left("ada", 20), Left("bob", 20), Left("eve", 20));
        await _board.FollowUpAsync("ada", "2026-03-02T18:30");
        await _board.FollowUpAsync("bob", "2026-03-02T09:00");
        await _board.FollowUpAsync("eve", "2026-03-05T11:00");
        await _board.ActAsync("eve", ActionTypes.Assign, text: TestServer.AdminEmail);

        var board = await _board.OpenAsync(Board);

        Assert.Equal(
            ["Late · 1", "Today · 1", "Later · 1"], board.TextsOf("#due h3"));
        Assert.Equal(["bob", "ada", "eve"], board.TextsOf("#due .row-name"));
        Assert.Equal(["09:00", "18:30", "5.3."], board.TextsOf("#due time"));

        var mine = await _board.FollowAsync(board.LinkOf("#due h2 a"));

        Assert.Equal(["eve"], mine.TextsOf("#due .row-name"));

        board = await _board.FollowUpAsync("ada", "");

        Assert.StartsWith("Follow-up taken off.", board.TextOf(".toast"));
        Assert.Equal(2, (await _board.OpenAsync(Board)).QuerySelectorAll("#due li").Length);
    }

    [Fact]
    public async Task The_due_list_is_there_for_narrow_screens_too()
    {
        await _server.TellAsync(Left("ada", 20), Left("bob", 20));
        await _board.FollowUpAsync("ada", "2026-03-02T18:30");
        var panel = await _board.FollowUpAsync("bob", "2026-03-02T09:00");

        foreach (var page in new[] { panel, await _board.OpenAsync(Board) })
        {
            Assert.Equal(["Late · 1", "Today · 1"], page.TextsOf("#due-strip .due-count"));
            Assert.Equal(["bob", "ada"], page.TextsOf("#due-strip .row-name"));
        }
    }

    [Fact]
    public async Task A_card_is_given_to_somebody_and_gets_a_note()
    {
        await _server.TellAsync(Left("ada", 20));
        await _server.AddAccountAsync(Lea, Sojourn.Server.Api.Role.Agent);
        var panel = await _board.OpenCardAsync("ada");
        Assert.Contains(Lea, panel.TextsOf("#panel option"));

        panel = await _board.SendAsync(FormOf(panel, ActionTypes.Assign), ("text", Lea));
        await _board.SendAsync(FormOf(panel, ActionTypes.Note), ("text", "Prefers evenings"));

        var found = await _board.FindAsync("ada");
        Assert.Equal(Lea, ((Checkout)found.Detail!).Work.Assignee);
        var story = await _server.Store.TimelineAsync(
            _server.Project.Id, found.Id, null, 10, Cancel);
        Assert.Equal("Prefers evenings", story!.Actions[^1].Text);
        Assert.Equal("L", (await _board.OpenAsync(Board)).TextOf(".card .avatar"));
    }

    [Fact]
    public async Task The_navigation_counts_what_is_still_open()
    {
        await _server.TellAsync(Left("ada", 20), Left("bob", 20), Left("eve", 20));
        await _board.ActAsync("eve", ActionTypes.Status, to: "lost");

        var page = await _board.OpenAsync("checkouts");

        Assert.Equal("Recovery pipeline 2", page.TextOf($"#nav [href$='{Board}']"));
        Assert.Single(page.QuerySelectorAll($".view-switch [href$='{Board}']"));
    }

    [Fact]
    public async Task A_project_without_checkouts_says_what_will_be_here()
    {
        var board = await _board.OpenAsync(Board);

        Assert.Single(board.QuerySelectorAll("#empty"));
        Assert.Equal("0 open", board.TextOf("#page-total"));
    }

    [Fact]
    public async Task A_card_that_is_not_there_is_not_found() => await _board.OpenAsync(
        Board + "?card=c_nobody", HttpStatusCode.NotFound);
}
