using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Sojourn.Browser.Tests.Screen;

/// <summary>Every list, on every screen, for everybody.</summary>
public sealed class ListTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string[] Lists = ["checkouts", "reservations", "users", "leads"];

    private LiveServer _server = null!; // Set before any test runs.

    public static TheoryData<string, int, string, string> Screens()
    {
        var screens = new TheoryData<string, int, string, string>();
        foreach (var list in Lists)
        {
            screens.Add(list, 1440, "light", "en");
            screens.Add(list, 1440, "dark", "en");
            screens.Add(list, 390, "light", "en");
            screens.Add(list, 1440, "light", "ar");
            screens.Add(list, 390, "dark", "ar");
        }

        return screens;
    }

    public async ValueTask InitializeAsync()
    {
        _server = await LiveServer.StartAsync();
        await _server.TellAsync([.. Stories.OfEverything()]);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_list_and_its_panel_are_accessible_and_fit_the_screen(
        string list, int width, string scheme, string language)
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server, new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await staff.ChooseAsync("language", language);

        var page = await staff.GoAsync(list);
        await Assertions.Expect(page.Locator("[data-row]")).Not.ToHaveCountAsync(0);
        await AssertFitsAsync(page);
        await AssertAccessibleAsync(page);

        await page.Locator("[data-row] .row-link").First.ClickAsync();
        await Assertions.Expect(page.Locator("#panel")).ToBeVisibleAsync();
        await AssertFitsAsync(page);
        await AssertAccessibleAsync(page);
    }

    [Fact]
    public async Task Arabic_is_read_from_right_to_left()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        await staff.ChooseAsync("language", "ar");

        var page = await staff.GoAsync("checkouts");

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("الطلبات");
        var sidebar = (await page.Locator("#sidebar").BoundingBoxAsync())!; // It is visible.
        var list = (await page.Locator("#list").BoundingBoxAsync())!; // It is visible.
        Assert.True(sidebar.X > list.X);
    }

    [Fact]
    public async Task The_total_on_the_screen_is_the_total_of_the_interface()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        foreach (var list in Lists)
        {
            var page = await staff.GoAsync(list + "?q=Amel");
            var shown = await page.Locator("#applied b").InnerTextAsync();
            var told = await _server.GetAsync($"/v1/sessions?lens={list}&q=Amel&limit=1");
            Assert.Equal(told["total"]?.ToString(), shown);
        }
    }

    [Fact]
    public async Task Bots_are_hidden_counted_and_shown_on_demand()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("leads");
        await Assertions.Expect(page.Locator("[data-suppressed]")).ToHaveCountAsync(0);

        await page.Locator("#filter-suppressed summary").ClickAsync();
        await page.GetByLabel("Only those").CheckAsync();

        await Assertions.Expect(page.Locator("tr[data-suppressed]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#applied b")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Filters_open_panels_and_pages_work_without_script()
    {
        await using var staff = await StaffPage.OpenAsync(
            chromium, _server, new() { JavaScriptEnabled = false });
        var page = await staff.GoAsync("checkouts");

        await page.Locator("#q").FillAsync("Ghardaia");
        await page.Locator("#q").PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(Stories.People / 2);

        await page.Locator(".row-link").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Event Timeline" }).ClickAsync();
        await Assertions.Expect(page.Locator("#panel .event-line")).Not.ToHaveCountAsync(0);
    }

    internal static async Task AssertFitsAsync(IPage page) => Assert.True(
        await page.EvaluateAsync<bool>(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
        "The page scrolls sideways.");

    internal static async Task AssertAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe();
        Assert.Empty(found.Violations
            .Where(one => one.Impact is "serious" or "critical")
            .Select(one =>
                $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(n => n.Html))}"));
    }
}
