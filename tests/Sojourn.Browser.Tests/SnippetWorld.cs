using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Sojourn.Browser.Tests;

/// <summary>A Sojourn, a shop at another origin that uses its snippet, and a visitor.</summary>
internal sealed class SnippetWorld : IAsyncDisposable
{
    /// <summary>A form like the shops' the snippet is made for.</summary>
    public const string OrderForm = """
        <form data-sojourn-checkout data-sojourn-currency="DZD" data-sojourn-product-id="teapot"
              data-sojourn-product-name="Théière" data-sojourn-product-price="4500"
              data-sojourn-product-quantity="2" action="/thanks">
          <fieldset data-sojourn-section="contact">
            <input name="name" required data-sojourn-value>
            <input name="phone" required data-sojourn-value pattern="[0-9+ ]{9,}">
          </fieldset>
          <fieldset data-sojourn-section="delivery">
            <select name="wilaya" required data-sojourn-value>
              <option value=""></option><option>Alger</option><option>Oran</option>
            </select>
            <input name="address" required>
          </fieldset>
          <button>Order</button>
        </form>
        """;

    /// <summary>
    /// What visitors' browsers call themselves. Chromium without a window calls itself a robot,
    /// and Sojourn would believe it.
    /// </summary>
    public const string Browser =
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
        + "Chrome/142.0.0.0 Mobile Safari/537.36";

    private readonly Dictionary<IPage, List<string>> _errors = [];

    private SnippetWorld(LiveServer server, ShopSite shop, IBrowserContext visitor) =>
        (Server, Shop, Visitor) = (server, shop, visitor);

    public LiveServer Server { get; }

    public ShopSite Shop { get; }

    public IBrowserContext Visitor { get; }

    public static async Task<SnippetWorld> StartAsync(Chromium chromium) => new(
        await LiveServer.StartAsync(),
        await ShopSite.StartAsync(),
        await chromium.NewVisitorAsync(new() { UserAgent = Browser }));

    /// <summary>Puts a page with the snippet on the shop; gives its address.</summary>
    /// <param name="path">Where.</param>
    /// <param name="body">What is on it.</param>
    /// <param name="attributes">Further attributes of the snippet's tag.</param>
    public string Page(string path, string body = "", string attributes = "") =>
        Shop.Put(path, $"""
            <!doctype html><html lang="en"><head><title>Page {path}</title>
            <script async src="{Server.Address}/s.js" data-key="{Server.WriteKey}" {attributes}>
            </script></head><body>{body}</body></html>
            """);

    /// <summary>A new tab of the visitor; what fails on its pages is noted.</summary>
    public async Task<IPage> TabAsync(string? address = null, IBrowserContext? visitor = null)
    {
        var tab = await (visitor ?? Visitor).NewPageAsync();
        _errors[tab] = [];
        tab.PageError += (_, error) => _errors[tab].Add(error);
        if (address is not null)
            await tab.GotoAsync(address);
        return tab;
    }

    /// <summary>What failed on a tab's pages.</summary>
    public IReadOnlyList<string> ErrorsOn(IPage tab) => _errors[tab];

    /// <summary>The list of a lens once it is as expected.</summary>
    public Task<JsonNode> SessionsAsync(string lens, Func<JsonArray, bool> isRight) =>
        Eventually.GetAsync(
            () => Server.GetAsync($"/v1/sessions?lens={lens}"),
            page => isRight(page["items"]!.AsArray()));

    /// <summary>The one session of a lens, whole, once it is as expected.</summary>
    public async Task<JsonNode> SessionAsync(string lens, Func<JsonNode, bool> isRight)
    {
        var page = await SessionsAsync(lens, items => items.Count == 1 && isRight(items[0]!));
        return page["items"]![0]!;
    }

    /// <summary>All events, oldest first, once they are as expected.</summary>
    public async Task<IReadOnlyList<JsonNode>> EventsAsync(
        Func<IReadOnlyList<JsonNode>, bool> isRight)
    {
        var events = await Eventually.GetAsync(
            () => Server.GetAsync("/v1/events?limit=200"),
            page => isRight(InOrder(page)));
        return InOrder(events);
    }

    /// <summary>All events once one of a name is among them, and nothing waits any more.</summary>
    public Task<IReadOnlyList<JsonNode>> EventsUntilAsync(string name) =>
        EventsAsync(events => events.Any(e => NameOf(e) == name));

    public static string NameOf(JsonNode e) => e["name"]!.GetValue<string>();

    /// <summary>The names of events, without the snippet's heartbeat.</summary>
    public static IReadOnlyList<string> NamesOf(IEnumerable<JsonNode> events) =>
        [.. events.Select(NameOf).Where(name => name != "page_ping")];

    public async ValueTask DisposeAsync()
    {
        await Visitor.DisposeAsync();
        await Shop.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static IReadOnlyList<JsonNode> InOrder(JsonNode page) =>
        [.. page["items"]!.AsArray().OfType<JsonNode>().Reverse()];
}
