using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sojourn.Browser.Tests.Screen;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Shop;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>
/// What the product exists for, from the form to the money: a customer leaves the demo shop's
/// form, an agent finds them, knows why, calls, makes a code; they order with it.
/// </summary>
public sealed class RecoveryTests(Chromium chromium) : IAsyncLifetime
{
    private readonly LaterClock _clock = new();
    private LiveServer _server = null!; // Set before any test runs.
    private ShopServer _shop = null!; // Set before any test runs.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await LiveServer.StartAsync(_clock);
        await _server.Store.PutDocumentAsync(
            RuleSets.PlaceOf(_server.Project.Id, RecoverySet.Name), 0,
            """{"country":"DZ"}""", Cancel);
        _shop = await ShopServer.StartAsync(
            new ShopSettings
            {
                Sojourn = new Uri(_server.Address),
                WriteKey = _server.WriteKey,
                SecretKey = _server.SecretKey,
                Port = 0,
            },
            Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_customer_who_left_is_found_called_given_a_code_and_counted_when_they_order()
    {
        await using var customer = await chromium.NewVisitorAsync(
            new() { UserAgent = SnippetWorld.Browser });
        var form = await LeaveHalfFilledAsync(customer);
        await using var agent = await StaffPage.OpenAsync(chromium, _server);

        // Found by name, with the reason in words.
        var page = await agent.GoAsync("checkouts?q=amina");
        await page.Locator("[data-row] .row-link").ClickAsync();
        await Assertions.Expect(page.Locator("#panel")).ToContainTextAsync("Amina Haddad");
        await Assertions.Expect(page.Locator("#panel")).ToContainTextAsync("Coupon friction");

        // Called, and given a code.
        await agent.GoAsync("checkouts/pipeline");
        await PipelineTests.AnswerCallsAsync(page);
        await page.Locator("#cards-abandoned [data-contact=phone]").ClickAsync();
        await Assertions.Expect(page.Locator("#cards-contacted .row-link"))
            .ToHaveTextAsync("Amina Haddad");
        await page.Locator("#cards-contacted .row-link").ClickAsync();
        await page.Locator("#panel").GetByText("Make a code").ClickAsync();
        var code = await page.Locator(".offered-codes [data-copy]").GetAttributeAsync("data-copy");

        // The customer comes back and orders with it.
        await form.GotoAsync(_shop.Address + "/commande");
        await FillAsync(form, code!);
        await form.ClickAsync("form.order .primary");
        await Assertions.Expect(form).ToHaveURLAsync(new Regex("/merci/"));

        // Won back: on the board, and as money that leads to its proof.
        await Assertions.Expect(page.Locator("#cards-recovered")).ToContainTextAsync("redeemed");
        await agent.GoAsync("checkouts/revenue");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("7,420");
    }

    // A code that is refused is why they leave.
    private async Task<IPage> LeaveHalfFilledAsync(IBrowserContext customer)
    {
        var form = await customer.NewPageAsync();
        await form.GotoAsync(_shop.Address + "/produits/theiere-cuivre");
        await form.ClickAsync("main .primary");
        await form.WaitForURLAsync("**/commande");
        await FillAsync(form, "BIENVENUE");
        await form.ClickAsync("form.order .primary");
        await form.WaitForSelectorAsync("[role=alert]");
        await Eventually.GetAsync(
            () => _server.GetAsync("/v1/sessions?lens=checkouts&reason=coupon_friction&q=amina"),
            found => (int)found["total"]! == 1);
        await form.GotoAsync("about:blank");
        _clock.Advance(TimeSpan.FromMinutes(11));
        return form;
    }

    private static async Task FillAsync(IPage form, string code)
    {
        await form.FillAsync("[name=name]", "Amina Haddad");
        await form.FillAsync("[name=phone]", "0555 00 12 34");
        await form.SelectOptionAsync("[name=wilaya]", "16 Alger");
        await form.FillAsync("[name=city]", "Hydra");
        await form.FillAsync("[name=address]", "12 rue Didouche");
        await form.CheckAsync("[value=cod]");
        await form.FillAsync("[name=coupon]", code);
    }
}
