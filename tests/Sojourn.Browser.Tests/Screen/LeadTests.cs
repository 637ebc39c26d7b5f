using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sojourn.Events;
using Xunit;

namespace Sojourn.Browser.Tests.Screen;

/// <summary>What a marketer does with leads, in the browser.</summary>
public sealed class LeadTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string[] Pages =
    [
        "leads", "paths", "scoring", "scoring?rule=new", "people", "events",
        "settings/suppression", "settings/rules/journey", "settings/hooks",
        "settings/rules/reasons", "settings/rules/recovery", "checkouts/revenue",
        "settings/outreach", "settings/outreach/templates/email-en",
    ];

    private LiveServer _server = null!; // Set before any test runs.

    public async ValueTask InitializeAsync()
    {
        _server = await LiveServer.StartAsync();
        await _server.TellAsync([.. Stories.OfEverything(), .. Leads()]);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(1440, ColorScheme.Light, "en")]
    [InlineData(1440, ColorScheme.Dark, "ar")]
    [InlineData(390, ColorScheme.Light, "en")]
    [InlineData(390, ColorScheme.Dark, "ar")]
    public async Task Every_page_about_leads_is_accessible_and_fits_the_screen(
        int width, ColorScheme scheme, string language)
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server, new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await staff.ChooseAsync("language", language);
        foreach (var path in Pages)
        {
            var page = await staff.GoAsync(path);
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
            await ListTests.AssertFitsAsync(page);
            await ListTests.AssertAccessibleAsync(page);
        }
    }

    [Fact]
    public async Task High_intent_from_a_mail_last_week_is_found_by_three_filters()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("leads");

        await page.Locator("#filter-intent summary").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "High" }).CheckAsync();
        await page.WaitForURLAsync("**intent=high**");
        await page.Locator("#filter-channel summary").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "E-mail" }).CheckAsync();
        await page.WaitForURLAsync("**channel=email**");

        await Assertions.Expect(page.Locator("#applied b")).ToHaveTextAsync("1");
        await page.Locator(".row-link").First.ClickAsync();
        await Assertions.Expect(page.Locator(".journey")).ToContainTextAsync("Case study");
        await Assertions.Expect(page.Locator("#panel .badge[data-intent=high]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_rule_is_previewed_saved_and_seen_in_the_list()
    {
        await using var staff = await StaffPage.OpenAsync(chromium, _server);
        var page = await staff.GoAsync("scoring?rule=new");
        await page.GetByLabel("Name").FillAsync("Asked for a demo");
        await page.GetByLabel("Events, with commas between").FillAsync("demo_request");
        await page.GetByLabel("Points", new() { Exact = true }).FillAsync("50");

        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Assertions.Expect(page.Locator(".preview-block")).ToContainTextAsync("Leads up");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and score again" })
            .ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("version 1");

        page = await staff.GoAsync("leads?goal=Demo+request");
        await Assertions.Expect(page.Locator(".points").First).ToHaveTextAsync("+50");
    }

    // One who came by mail and asked for a demo, one who searched and read.
    private static IEnumerable<Event> Leads()
    {
        (string Name, string Path)[] journey =
        [
            ("email_click", "/"), ("page_view", "/pricing"), ("page_view", "/case-studies/a"),
            ("demo_request", "/demo"),
        ];
        for (var i = 0; i < journey.Length; i++)
        {
            yield return Stories.One(
                $"lead-{i}", journey[i].Name, "lead-1", TimeSpan.FromMinutes(90 - i),
                new JsonObject { ["url"] = "https://site.example" + journey[i].Path });
        }

        for (var i = 0; i < 3; i++)
        {
            yield return Stories.One(
                $"reader-{i}", "page_view", "lead-2", TimeSpan.FromMinutes(60 - i),
                new JsonObject { ["url"] = $"https://site.example/blog/{i}" });
        }
    }
}
