using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>Segment's own client for browsers, from npm, sends from another site.</summary>
public sealed class SegmentBrowserTests(Chromium chromium, SegmentSite site)
    : IClassFixture<SegmentSite>
{
    private const string UserAgent =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36";

    private const string ShoesAndIdentity =
        """
        async () => {
          await analytics.page();
          await analytics.identify("ada", { email: "ada@shop.test" });
          await analytics.track("Product Added", { name: "Shoe", price: 49.95 });
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(25);

    [Fact]
    public async Task Each_message_arrives_by_itself_and_they_become_a_session()
    {
        await using var server = await LiveServer.StartAsync();
        await using var visitor = await VisitorAsync();
        var page = await OpenAsync(visitor, server, "&utm_source=Newsletter");
        var answers = AnswersOf(page, server);

        await page.EvaluateAsync(ShoesAndIdentity);

        Assert.Equal(["p 200", "i 200", "t 200"], answers);
        var events = await EventsAsync(server, 3);
        Assert.Equal(
            ["identify", "page_view", "product_added"],
            events.Select(e => (string?)e!["name"]).Order());
        Assert.All(events, e => Assert.Equal("claimed", (string?)e!["trust"]));
        var view = events.Single(e => (string?)e!["name"] == "page_view")!;
        Assert.Equal("Shoes", (string?)view["properties"]!["title"]);
        Assert.StartsWith(site.Address, (string?)view["context"]!["url"]);
        var session = await SessionAsync(server);
        Assert.Equal(("newsletter", "desktop", "ada@shop.test"),
            ((string?)session["source"], (string?)session["device"],
                (string?)session["person"]!["email"]));
        Assert.Empty((await server.GetAsync("/v1/refusals"))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_settings_alone_lead_it_here()
    {
        await using var server = await LiveServer.StartAsync();
        await using var visitor = await VisitorAsync();
        var page = await OpenAsync(visitor, server, "&settings-only");

        await page.EvaluateAsync(ShoesAndIdentity);

        Assert.Equal(3, (await EventsAsync(server, 3)).Count);
    }

    [Fact]
    public async Task Batches_arrive_whole()
    {
        await using var server = await LiveServer.StartAsync();
        await using var visitor = await VisitorAsync();
        var page = await OpenAsync(visitor, server, "&batch=3");
        var answers = AnswersOf(page, server);

        await page.EvaluateAsync(ShoesAndIdentity);

        Assert.Equal(3, (await EventsAsync(server, 3)).Count);
        Assert.Single(answers, "b 200");
        Assert.Equal("ada@shop.test", (string?)(await SessionAsync(server))["person"]!["email"]);
    }

    [Fact]
    public async Task What_waits_is_sent_when_the_page_is_left()
    {
        await using var server = await LiveServer.StartAsync();
        await using var visitor = await VisitorAsync();
        var page = await OpenAsync(visitor, server, "&batch=100");
        await page.EvaluateAsync(ShoesAndIdentity);
        Assert.Empty((await server.GetAsync("/v1/events"))["items"]!.AsArray());

        await page.GotoAsync("about:blank");

        Assert.Equal(3, (await EventsAsync(server, 3)).Count);
    }

    private async Task<IBrowserContext> VisitorAsync() =>
        await chromium.NewVisitorAsync(new() { UserAgent = UserAgent });

    private async Task<IPage> OpenAsync(IBrowserContext visitor, LiveServer server, string more)
    {
        var page = await visitor.NewPageAsync();
        var host = new Uri(server.Address).Authority;
        await page.GotoAsync($"{site.Address}/?host={host}&key={server.WriteKey}{more}");
        return page;
    }

    // What the server answered to each message, as "path status", from now on.
    private static List<string> AnswersOf(IPage page, LiveServer server)
    {
        var answers = new List<string>();
        page.Response += (_, answer) =>
        {
            if (answer.Url.StartsWith(server.Address, StringComparison.Ordinal)
                && answer.Request.Method == "POST")
            {
                answers.Add($"{answer.Url[(answer.Url.LastIndexOf('/') + 1)..]} {answer.Status}");
            }
        };
        return answers;
    }

    // Waits for so many events: a page that is left says nothing when it is done.
    private static async Task<JsonArray> EventsAsync(LiveServer server, int count)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        using var timer = new PeriodicTimer(Every);
        while (true)
        {
            var events = (await server.GetAsync("/v1/events"))["items"]!.AsArray();
            if (events.Count >= count)
                return events;

            await timer.WaitForNextTickAsync(late.Token);
        }
    }

    private static async Task<JsonNode> SessionAsync(LiveServer server) =>
        Assert.Single((await server.GetAsync("/v1/sessions"))["items"]!.AsArray())!;
}
