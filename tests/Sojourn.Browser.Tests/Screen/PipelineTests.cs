using Microsoft.Playwright;
using Xunit;

namespace Sojourn.Browser.Tests.Screen;

/// <summary>The board, as people with a mouse, a keyboard or a phone use it.</summary>
public sealed class PipelineTests(Chromium chromium) : IAsyncLifetime
{
    private const string Board = "checkouts/pipeline";

    private LiveServer _server = null!; // Set before any test runs.

    public async ValueTask InitializeAsync()
    {
        _server = await LiveServer.StartAsync();
        await _server.TellAsync([.. Stories.OfEverything()]);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_dragged_card_moves_for_everybody_who_looks()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        await using var other = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync(Board);
        var watched = await other.GoAsync(Board);
        await Assertions.Expect(watched.Locator("#live-switch[data-state=on]")).ToBeVisibleAsync();
        var id = await FirstOfAsync(page, "abandoned");

        await DragAsync(page, id, "contacted");

        await Assertions.Expect(In(page, "contacted", id)).ToBeVisibleAsync();
        await Assertions.Expect(In(watched, "contacted", id)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Moved to Contacted.");

        await page.Locator("#toasts button").ClickAsync();

        await Assertions.Expect(In(page, "abandoned", id)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_column_the_card_may_not_go_to_does_not_take_it()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync(Board);
        var id = await FirstOfAsync(page, "abandoned");

        await DragAsync(page, id, "recovered");

        await Assertions.Expect(In(page, "abandoned", id)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#toasts > *")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Cards_are_worked_on_by_keyboard()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync(Board);
        var keys = page.Keyboard;
        var id = await FirstOfAsync(page, "abandoned");

        await keys.PressAsync("j");
        await Assertions.Expect(Link(page, id)).ToBeFocusedAsync();
        await keys.PressAsync("]");
        await Assertions.Expect(In(page, "contacted", id)).ToBeVisibleAsync();
        await Assertions.Expect(Link(page, id)).ToBeFocusedAsync();
        await keys.PressAsync("a");
        await Assertions.Expect(In(page, "negotiating", id)).ToBeVisibleAsync();
        await Link(page, id).FocusAsync();
        await keys.PressAsync("Shift+ArrowLeft");
        await Assertions.Expect(In(page, "contacted", id)).ToBeVisibleAsync();
        await keys.PressAsync("h");
        await Assertions.Expect(Link(page, await FirstOfAsync(page, "abandoned")))
            .ToBeFocusedAsync();
        await keys.PressAsync("[");
        await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("no step that way");
        await keys.PressAsync("l");
        await Assertions.Expect(Link(page, id)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#panel")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#panel")).ToHaveCountAsync(0);
        await keys.PressAsync("?");
        await Assertions.Expect(page.Locator("#shortcuts"))
            .ToContainTextAsync("Next or previous card");
    }

    [Fact]
    public async Task Whoever_is_second_sees_the_card_where_the_first_put_it_and_who_that_was()
    {
        await using var first = await StaffPage.OpenAsync(chromium, _server);
        await using var second = await StaffPage.OpenAsync(chromium, _server);
        var one = await first.GoAsync(Board);
        var other = await second.GoAsync(Board);
        await Assertions.Expect(other.Locator("#live-switch[data-state=on]")).ToBeVisibleAsync();
        await other.Locator("#live-switch").ClickAsync();
        var id = await FirstOfAsync(one, "abandoned");

        foreach (var status in new[] { "contacted", "negotiating" })
        {
            await one.Locator($"[id='{id}'] .advance").ClickAsync();
            await Assertions.Expect(In(one, status, id)).ToBeVisibleAsync();
        }

        await DragAsync(other, id, "contacted");

        await Assertions.Expect(other.Locator("#toasts"))
            .ToContainTextAsync("Not moved: samira@shop.example moved it to ");
        await Assertions.Expect(In(other, "negotiating", id)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_call_is_noted_and_a_new_code_is_on_the_clipboard()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server, new()
        {
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var page = await staff.GoAsync(Board);
        var id = await FirstOfAsync(page, "abandoned");

        await AnswerCallsAsync(page);
        await page.Locator($"[id='{id}'] [data-contact=phone]").ClickAsync();

        await Assertions.Expect(In(page, "contacted", id)).ToBeVisibleAsync();
        await Link(page, id).ClickAsync();
        await page.Locator("#panel").GetByText("Make a code").ClickAsync();
        var made = page.Locator(".offered-codes [data-copy]");
        await Assertions.Expect(made).ToBeVisibleAsync();
        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Equal(await made.GetAttributeAsync("data-copy"), copied);
    }

    [Theory]
    [InlineData(1440, "light", "en")]
    [InlineData(1440, "dark", "en")]
    [InlineData(1440, "light", "ar")]
    [InlineData(390, "light", "en")]
    [InlineData(390, "dark", "ar")]
    public async Task The_board_and_its_panel_are_accessible_and_fit_the_screen(
        int width, string scheme, string language)
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server, new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await staff.ChooseAsync("language", language);

        var page = await staff.GoAsync(Board);
        await Assertions.Expect(page.Locator("#board [data-row]")).Not.ToHaveCountAsync(0);
        await AssertWellAsync(page);

        await Link(page, await FirstOfAsync(page, "abandoned")).ClickAsync();
        await Assertions.Expect(page.Locator("#panel")).ToBeVisibleAsync();
        await AssertWellAsync(page);
    }

    // The dialog that asks for an app to call with would take all further clicks of this browser.
    internal static Task AnswerCallsAsync(IPage page) => page.EvaluateAsync(
        """
        addEventListener('click', event => {
          if (event.target.closest('[href^="tel:"]')) event.preventDefault();
        });
        """);

    private static async Task AssertWellAsync(IPage page)
    {
        await ListTests.AssertFitsAsync(page);
        await ListTests.AssertAccessibleAsync(page);
    }

    private static async Task DragAsync(IPage page, string id, string status) =>
        await page.Locator($"[id='{id}'] .card-line").First
            .DragToAsync(page.Locator($"#cards-{status}"));

    private static async Task<string> FirstOfAsync(IPage page, string status) =>
        (await page.Locator($"#cards-{status} [data-row]").First.GetAttributeAsync("id"))!;

    private static ILocator In(IPage page, string status, string id) =>
        page.Locator($"#cards-{status} [id='{id}']");

    private static ILocator Link(IPage page, string id) =>
        page.Locator($"[id='{id}'] .row-link");
}
