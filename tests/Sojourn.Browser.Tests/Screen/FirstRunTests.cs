using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Playwright;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Commands;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Browser.Tests.Screen;

/// <summary>From a server nobody has touched to colleagues at work, in a real browser.</summary>
public sealed class FirstRunTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "four quiet green lamps";

    private readonly DirectoryInfo _folder =
        Directory.CreateTempSubdirectory("sojourn-first-run-");

    private EmbeddedStore _store = null!; // Set before any test runs.
    private WebApplication _app = null!; // Set before any test runs.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Address => _app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First(); // Kestrel always has it.

    public async ValueTask InitializeAsync()
    {
        _store = EmbeddedStore.Open(_folder.FullName, StorePlace.Kinds, TimeProvider.System);
        _app = Server.Program.CreateServer(new ServerSetup
        {
            Store = _store,
            Clock = TimeProvider.System,
            Addresses = [new ListenAddress(IPAddress.Loopback, 0)],
        });
        await _app.StartAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1280, true)]
    [InlineData(390, true)]
    [InlineData(1280, false)]
    public async Task A_stranger_with_the_link_is_at_work_after_one_form(int width, bool script)
    {
        await using var visitor = await chromium.NewVisitorAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            JavaScriptEnabled = script,
        });
        var page = await SetUpAsync(visitor);

        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(
            "/p/p_[^/]+/checkouts$"));
        await Assertions.Expect(page.GetByText("Send the first event")).ToBeVisibleAsync();

        await page.GotoAsync($"{Address}/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true })
            .ClickAsync();
        await page.GotoAsync($"{Address}/p/none/leads?q=a");
        await page.GetByLabel("E-mail").FillAsync("ada@shop.example");
        await page.GetByLabel("Password").FillAsync("a wrong password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync($"{Address}/p/none/leads?q=a");
    }

    [Theory]
    [InlineData(1280, "light", "en")]
    [InlineData(390, "dark", "en")]
    [InlineData(1280, "dark", "ar")]
    [InlineData(390, "light", "ar")]
    public async Task Pages_of_people_and_keys_are_accessible_and_fit_the_screen(
        int width, string scheme, string language)
    {
        await using var visitor = await chromium.NewVisitorAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await visitor.AddCookiesAsync(
            [new() { Name = "language", Value = language, Url = Address }]);
        var door = await visitor.NewPageAsync();
        await door.GotoAsync($"{Address}/setup");
        await AssertLooksAsync(door);
        await door.GotoAsync(Address + _app.Services.GetRequiredService<FirstRun>().Link);
        await AssertLooksAsync(door);
        var page = await SetUpAsync(visitor);
        var project = _store.Projects[0].Id;

        foreach (var path in new[] { "/account", $"/p/{project}/settings/keys",
            $"/p/{project}/settings/hooks", $"/p/{project}/settings/people" })
        {
            await page.GotoAsync(Address + path);
            await AssertLooksAsync(page);
        }

        await page.Locator(".confirm summary").First.ClickAsync();
        await AssertLooksAsync(page);
    }

    [Fact]
    public async Task A_secret_key_is_copied_and_a_key_is_revoked_without_leaving_the_page()
    {
        await using var visitor = await chromium.NewVisitorAsync(new()
        {
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        var page = await SetUpAsync(visitor);
        var project = _store.Projects[0].Id;
        await page.GotoAsync($"{Address}/p/{project}/settings/keys");

        await page.GetByRole(AriaRole.Button, new() { Name = "Make a secret key" })
            .ClickAsync();
        await page.Locator("[data-copy^='sj_s_']").ClickAsync();
        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.NotNull(_store.FindKey(copied));

        await page.Locator(".confirm summary").Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke this key" }).ClickAsync();
        await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Revoked");
        await Assertions.Expect(page.Locator("#main")).Not.ToContainTextAsync(copied);

        Assert.Null(_store.FindKey(copied));
        Assert.Equal($"{Address}/p/{project}/settings/keys", page.Url);
    }

    private static async Task AssertLooksAsync(IPage page)
    {
        await ListTests.AssertFitsAsync(page);
        await ListTests.AssertAccessibleAsync(page);
    }

    private async Task<IPage> SetUpAsync(IBrowserContext visitor)
    {
        visitor.SetDefaultTimeout(10_000);
        var page = await visitor.NewPageAsync();
        await page.GotoAsync(Address + _app.Services.GetRequiredService<FirstRun>().Link);
        await page.Locator("[name=email]").FillAsync("ada@shop.example");
        await page.Locator("[name=password]").FillAsync(Password);
        await page.Locator("[name=project]").FillAsync("Maison Atlas");
        await page.Locator("[name=currency]").FillAsync("DZD");
        await page.Locator("[name=time_zone]").FillAsync("Africa/Algiers");
        await page.Locator("form .button-primary").ClickAsync();
        await page.WaitForURLAsync("**/p/**");
        return page;
    }
}
