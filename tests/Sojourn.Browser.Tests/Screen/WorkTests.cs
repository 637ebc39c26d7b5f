using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Sojourn.Browser.Tests.Screen;

/// <summary>What people do with a list.</summary>
public sealed class WorkTests(Chromium chromium) : IAsyncLifetime
{
    private LiveServer _server = null!; // Set before any test runs.

    public async ValueTask InitializeAsync()
    {
        _server = await LiveServer.StartAsync();
        await _server.TellAsync([.. Stories.OfEverything()]);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Everything_can_be_done_by_keyboard()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("checkouts?status=abandoned");
        var keys = page.Keyboard;

        await keys.PressAsync("/");
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
        await keys.TypeAsync("Amel");
        // Each letter asks anew; the keys go on once the last answer is there.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("q=Amel"));
        await Assertions.Expect(page.Locator(".chip")).ToHaveCountAsync(2);
        await keys.PressAsync("Escape");
        await keys.PressAsync("j");
        await Assertions.Expect(page.Locator(".row-link").First).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#panel")).ToBeVisibleAsync();
        await keys.PressAsync("4");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("tab=timeline"));
        await keys.PressAsync("a");
        await Assertions.Expect(page.Locator("#panel .badge").First).ToHaveTextAsync("Contacted");
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#panel")).ToHaveCountAsync(0);
        await keys.PressAsync("?");
        await Assertions.Expect(page.Locator("#shortcuts")).ToContainTextAsync("Next or previous");
        await keys.PressAsync("Escape");
        await keys.PressAsync("g");
        await keys.PressAsync("l");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Lead sessions");
    }

    [Fact]
    public async Task A_session_appears_while_the_list_is_looked_at()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("checkouts");
        await Assertions.Expect(page.Locator("#live-switch[data-state=on]")).ToBeVisibleAsync();

        await _server.TellAsync(Stories.Form("new", "Théière cuivre 1,2 L"));

        await Assertions.Expect(page.GetByText("Théière cuivre 1,2 L")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#nav-checkouts .nav-count"))
            .ToHaveTextAsync($"{Stories.People + 1}");
    }

    [Fact]
    public async Task A_list_that_is_held_still_says_how_far_it_is_behind()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("checkouts");
        await Assertions.Expect(page.Locator("#live-switch[data-state=on]")).ToBeVisibleAsync();
        await page.Locator("#live-switch").ClickAsync();

        await _server.TellAsync(Stories.Form("held", "Lampe laiton"));

        await Assertions.Expect(page.Locator("#live-switch")).ToContainTextAsync("Paused, ");
        await Assertions.Expect(page.GetByText("Lampe laiton")).ToHaveCountAsync(0);
        await page.Locator("#live-switch").ClickAsync();
        await Assertions.Expect(page.GetByText("Lampe laiton")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Archived_sessions_leave_the_list_and_come_back_by_undo()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("checkouts?status=abandoned");
        var before = await page.Locator("[data-row]").CountAsync();

        await page.Locator("[data-pick]").First.CheckAsync();
        await page.Locator("[data-pick]").Nth(1).CheckAsync();
        await Assertions.Expect(page.Locator("[data-picked]")).ToHaveTextAsync("2 selected");
        await page.Locator("#bulk button[value=archive]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(before - 2);

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(before);
    }

    [Fact]
    public async Task Chosen_columns_are_there_again_next_time()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("checkouts");
        await page.Locator("#columns-menu summary").ClickAsync();
        await page.Locator("#columns-menu").GetByLabel("Source").CheckAsync();
        await Assertions.Expect(page.Locator("th.c-source")).ToBeVisibleAsync();

        await staff.GoAsync("leads");
        await staff.GoAsync("checkouts");

        await Assertions.Expect(page.Locator("th.c-source")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_saved_view_is_everybodys_and_its_deletion_loses_no_filter()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("checkouts?status=abandoned");
        await page.Locator("#save-view summary").ClickAsync();
        await page.Locator("#save-view input[name=name]").FillAsync("To call");
        await page.Locator("#save-view button").ClickAsync();
        var link = page.Locator("#views").GetByText("To call");
        await Assertions.Expect(link).ToBeVisibleAsync();
        var address = page.Url;

        await using var other = await StaffPage.OpenAsync(chromium, _server);
        await other.GoAsync("checkouts");
        await other.Page.Locator("#views").GetByText("To call").ClickAsync();
        await Assertions.Expect(other.Page.Locator(".chip")).ToContainTextAsync("Abandoned");
        await other.Page.GetByText("Delete this view").ClickAsync();
        await Assertions.Expect(other.Page.Locator("#views")).ToHaveCountAsync(0);

        await page.GotoAsync(address);
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("was deleted");
        await Assertions.Expect(page.Locator(".chip")).ToContainTextAsync("Abandoned");
    }

    [Fact]
    public async Task An_unknown_filter_in_the_address_is_named_and_left_out()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);

        var page = await staff.GoAsync("leads?intnt=high&points_min=many&q=Amel");

        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("“intnt”");
        await Assertions.Expect(page.Locator("#notices")).ToContainTextAsync("“points_min”");
        await Assertions.Expect(page.Locator("[data-row]")).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_note_survives_a_server_that_restarts_while_it_is_typed()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("checkouts?status=abandoned");
        await page.Locator(".row-link").First.ClickAsync();
        await page.Locator("#note-menu summary").ClickAsync();
        var note = page.Locator("[data-draft]");
        await note.FillAsync("Wants it in blue, call after five");

        await _server.StopAsync();
        await Assertions.Expect(page.Locator("#live-switch[data-state=lost]")).ToBeVisibleAsync();
        await page.Locator("[data-note] button").ClickAsync();
        await Assertions.Expect(page.Locator("#offline")).ToBeVisibleAsync();
        await Assertions.Expect(note).ToHaveValueAsync("Wants it in blue, call after five");

        await _server.StartAgainAsync();
        await Assertions.Expect(page.Locator("#offline")).ToBeHiddenAsync();
        await page.Locator("[data-note] button").ClickAsync();
        await Assertions.Expect(page.Locator(".note-text"))
            .ToHaveTextAsync("Wants it in blue, call after five");
        staff.Forgive("ERR_CONNECTION_REFUSED");
        staff.Forgive("htmx:");
    }
}
