using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sojourn.Shop;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>The demo shop, used as shoppers do, seen as its owner does.</summary>
public sealed class DemoShopTests(Chromium chromium) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _visitors = [];
    private LiveServer? _server;
    private ShopServer? _shop;

    private LiveServer Sojourn => _server!; // Set before any test runs.

    private ShopServer Shop => _shop!; // Set before any test runs.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LiveServer.StartAsync();
        _shop = await OpenAsync(_server.Address, _server.WriteKey, _server.SecretKey);
    }

    [Fact]
    public async Task A_shopper_on_the_form_is_seen_at_once()
    {
        var tab = await OrderAsync();

        await tab.FillAsync("[name=name]", "أمينة حداد");
        await tab.FillAsync("[name=phone]", "0555 00 12 34");
        await tab.SelectOptionAsync("[name=wilaya]", "47 Ghardaïa");
        await tab.FocusAsync("[name=city]");
        var session = await OneAsync("checkouts", one => Customer(one, "phone") is not null
            && Text(one["checkout"]!, "value", "amount") == "9000.00");

        Assert.Equal("live", session["status"]!.GetValue<string>());
        Assert.Equal("أمينة حداد", Customer(session, "name"));
        Assert.Equal("0555 00 12 34", Customer(session, "phone"));
        Assert.Equal("47 Ghardaïa", Customer(session, "address"));
        Assert.Equal(50, session["checkout"]!["progress"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_order_converts_the_checkout_and_the_cart_it_was_held_in()
    {
        var tab = await OrderAsync();
        await OneAsync("reservations", one => Status(one) == "active");

        await FillAsync(tab, "cod");
        await tab.ClickAsync("form.order .primary");
        await Assertions.Expect(tab).ToHaveURLAsync(new Regex("/merci/"));
        var checkout = await OneAsync("checkouts",
            one => Status(one) == "converted" && Text(one, "confirmed") == "true");
        await OneAsync("reservations", one => Status(one) == "converted");
        var visit = await OneAsync("leads", one => Status(one) == "converted");

        Assert.Equal("8200.00", Text(checkout["checkout"]!, "value", "amount"));
        Assert.Equal(
            visit["person"]!["anonymous_id"]!.GetValue<string>(),
            checkout["person"]!["anonymous_id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("card", "", "payment_failed")]
    [InlineData("cod", "BIENVENUE", "checkout_coupon")]
    public async Task What_the_shop_refuses_is_told_and_the_form_keeps_what_was_typed(
        string payment, string coupon, string told)
    {
        var tab = await OrderAsync();

        await FillAsync(tab, payment);
        await tab.FillAsync("[name=coupon]", coupon);
        await tab.ClickAsync("form.order .primary");
        await tab.WaitForSelectorAsync("[role=alert]");
        await Eventually.GetAsync(
            () => Sojourn.GetAsync("/v1/events?name=" + told),
            page => page["items"]!.AsArray().Count == 1);

        Assert.Equal("12 rue Didouche", await tab.InputValueAsync("[name=address]"));
    }

    [Fact]
    public async Task A_shop_whose_Sojourn_is_away_sells_all_the_same()
    {
        await using var alone = await OpenAsync("http://127.0.0.1:9", "none", "none");
        var tab = await OrderAsync(alone);

        await FillAsync(tab, "cod");
        await tab.ClickAsync("form.order .primary");

        await Assertions.Expect(tab).ToHaveURLAsync(new Regex("/merci/"));
    }

    [Theory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("fr", ColorScheme.Dark)]
    [InlineData("ar", ColorScheme.Light)]
    public async Task Every_page_is_usable_by_everybody_on_a_phone(
        string language, ColorScheme colours)
    {
        await using var visitor = await chromium.NewVisitorAsync(new()
        {
            Locale = language,
            ColorScheme = colours,
            ViewportSize = new() { Width = 390, Height = 844 },
        });
        var tab = await visitor.NewPageAsync();
        var elsewhere = new List<string>();
        var complaints = new List<string>();
        tab.Console += (_, line) => complaints.Add(line.Text);
        tab.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Shop.Address, StringComparison.Ordinal)
                && !request.Url.StartsWith(Sojourn.Address, StringComparison.Ordinal))
            {
                elsewhere.Add(request.Url);
            }
        };

        await tab.GotoAsync(Shop.Address);
        await CheckAsync(tab, language);
        await tab.ClickAsync(".grid a");
        await CheckAsync(tab, language);
        await tab.ClickAsync("main .primary");
        await CheckAsync(tab, language);
        await FillAsync(tab, "cod");
        await tab.ClickAsync("form.order .primary");
        await Assertions.Expect(tab).ToHaveURLAsync(new Regex("/merci/"));
        await CheckAsync(tab, language);

        Assert.Empty(elsewhere);
        Assert.Empty(complaints);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors)
            await visitor.DisposeAsync();
        if (_shop is not null)
            await _shop.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static Task<ShopServer> OpenAsync(string sojourn, string writeKey, string secretKey) =>
        ShopServer.StartAsync(
            new ShopSettings
            {
                Sojourn = new Uri(sojourn),
                WriteKey = writeKey,
                SecretKey = secretKey,
                Port = 0,
            },
            Cancel);

    private static async Task CheckAsync(IPage tab, string language)
    {
        var findings = await tab.RunAxe();

        Assert.Empty(findings.Violations.Select(one => $"{tab.Url} {one.Id} {one.Help}"));
        Assert.Equal(language, await tab.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.True(
            await tab.EvaluateAsync<bool>(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
            $"{tab.Url} is wider than a phone.");
    }

    private static async Task FillAsync(IPage tab, string payment)
    {
        await tab.FillAsync("[name=name]", "Amina Haddad");
        await tab.FillAsync("[name=phone]", "0555 00 12 34");
        await tab.SelectOptionAsync("[name=wilaya]", "16 Alger");
        await tab.FillAsync("[name=city]", "Hydra");
        await tab.FillAsync("[name=address]", "12 rue Didouche");
        await tab.CheckAsync($"[value={payment}]");
    }

    // A shopper with the teapot held for them, at the form.
    private async Task<IPage> OrderAsync(ShopServer? shop = null)
    {
        var visitor = await chromium.NewVisitorAsync(new() { UserAgent = SnippetWorld.Browser });
        _visitors.Add(visitor);
        var tab = await visitor.NewPageAsync();
        await tab.GotoAsync((shop ?? Shop).Address + "/produits/theiere-cuivre");
        await tab.ClickAsync("main .primary");
        await tab.WaitForURLAsync("**/commande");
        return tab;
    }

    private async Task<JsonNode> OneAsync(
        string lens, Func<JsonNode, bool> isRight)
    {
        var page = await Eventually.GetAsync(
            () => Sojourn.GetAsync("/v1/sessions?lens=" + lens),
            page => page["items"]!.AsArray() is [{ } one] && isRight(one));
        return page["items"]![0]!;
    }

    private static string Status(JsonNode session) =>
        session["status"]!.GetValue<string>();

    private static string? Customer(JsonNode session, string field) =>
        Text(session["checkout"]!, "customer", field);

    private static string? Text(JsonNode session, string field) =>
        session["checkout"]![field]?.ToString();

    private static string? Text(
        JsonNode checkout, string field, string part) =>
        checkout[field]?[part]?.ToString();
}
