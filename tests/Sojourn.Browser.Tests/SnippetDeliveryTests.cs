using System.Text.Json.Nodes;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>No event is lost or doubled, and no fault reaches the page.</summary>
public sealed class SnippetDeliveryTests(Chromium chromium)
{
    [Fact]
    public async Task Offline_then_online_loses_nothing_and_doubles_nothing()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/"));
        await world.EventsUntilAsync("page_view");

        await world.Visitor.SetOfflineAsync(true);
        await tab.EvaluateAsync(
            "for (let i = 0; i < 40; i++) sojourn('track', 'offline_' + i)");
        await Eventually.GetAsync(
            () => tab.EvaluateAsync<int>(WaitingInStorage), waiting => waiting == 40);
        await world.Visitor.SetOfflineAsync(false);
        var events = await world.EventsAsync(all => all.Count >= 41);

        Assert.Equal(
            Enumerable.Range(0, 40).Select(i => $"offline_{i}"),
            SnippetWorld.NamesOf(events).Skip(1));
        await Eventually.GetAsync(
            () => tab.EvaluateAsync<int>(WaitingInStorage), waiting => waiting == 0);
    }

    [Fact]
    public async Task What_a_closed_tab_could_not_send_is_sent_by_the_next_one()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var address = world.Page("/");
        var tab = await world.TabAsync(address);
        await world.EventsUntilAsync("page_view");
        await world.Visitor.SetOfflineAsync(true);
        await tab.EvaluateAsync("sojourn('track', 'in_the_tunnel')");
        await Eventually.GetAsync(
            () => tab.EvaluateAsync<int>(WaitingInStorage), waiting => waiting == 1);
        await tab.CloseAsync();

        await world.Visitor.SetOfflineAsync(false);
        await world.TabAsync(address);
        var events = await world.EventsAsync(all => all.Count >= 3);

        Assert.Equal(
            ["page_view", "in_the_tunnel", "page_view"], SnippetWorld.NamesOf(events));
    }

    [Fact]
    public async Task Closing_the_tab_sends_the_rest()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order", SnippetWorld.OrderForm));
        await world.EventsUntilAsync("page_view");

        await tab.FillAsync("[name=name]", "Amina");
        await tab.CloseAsync(new() { RunBeforeUnload = true });
        var events = await world.EventsUntilAsync("checkout_left");

        Assert.Contains("checkout_updated", SnippetWorld.NamesOf(events));
        Assert.Equal("checkout_left", SnippetWorld.NamesOf(events)[^1]);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_with_the_same_events()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        world.Shop.Refuse(2);

        await world.TabAsync(world.Page("/", "", $"data-host='{world.Shop.Address}'"));
        await Eventually.GetAsync(
            () => Task.FromResult(world.Shop.Bodies.Count), bodies => bodies == 3);

        Assert.Single(world.Shop.Bodies.Select(IdsIn).Distinct());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task What_is_refused_for_good_is_not_sent_again(int status)
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        (world.Shop.BrokenStatus, _) = (status, 0);
        world.Shop.Refuse(1);
        var tab = await world.TabAsync(
            world.Page("/", "", $"data-host='{world.Shop.Address}'"));
        await Eventually.GetAsync(
            () => Task.FromResult(world.Shop.Bodies.Count), bodies => bodies == 1);

        await tab.EvaluateAsync("sojourn('track', 'next')");
        await Eventually.GetAsync(
            () => Task.FromResult(world.Shop.Bodies.Count), bodies => bodies == 2);

        Assert.Equal(["page_view"], NamesIn(world.Shop.Bodies.First()));
        Assert.Equal(["next"], NamesIn(world.Shop.Bodies.Last()));
    }

    [Fact]
    public async Task A_broken_server_never_disturbs_the_page()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        world.Shop.BrokenStatus = 500;
        world.Shop.Refuse(int.MaxValue);
        var tab = await world.TabAsync(world.Page(
            "/order", SnippetWorld.OrderForm, $"data-host='{world.Shop.Address}'"));

        await tab.EvaluateAsync("""
            () => {
              const circle = {};
              circle.self = circle;
              sojourn("track", "circle", circle);
              sojourn("track");
              sojourn("unheard_of", 1);
              sojourn();
              sojourn("identify", null);
            }
            """);
        await tab.FillAsync("[name=name]", "Amina");
        await Eventually.GetAsync(
            () => Task.FromResult(world.Shop.Bodies.Count), bodies => bodies >= 2);

        Assert.Empty(world.ErrorsOn(tab));
    }

    [Fact]
    public async Task A_browser_without_storage_is_tracked_all_the_same()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        await world.Visitor.AddInitScriptAsync("""
            for (const name of ["localStorage", "sessionStorage"])
              Object.defineProperty(window, name, { get() { throw new Error("blocked"); } });
            """);
        var tab = await world.TabAsync(world.Page("/order", SnippetWorld.OrderForm));

        await tab.FillAsync("[name=name]", "Amina");
        await tab.ReloadAsync();
        var events = await world.EventsAsync(all => all.Count(e =>
            SnippetWorld.NameOf(e) == "page_view") == 2);

        Assert.Single(events.Select(e => e["anonymous_id"]!.GetValue<string>()).Distinct());
        Assert.Empty(world.ErrorsOn(tab));
    }

    private const string WaitingInStorage = """
        Object.keys(localStorage).filter(name => name.startsWith("sojourn_queue"))
          .reduce((sum, name) => sum + JSON.parse(localStorage[name]).length, 0)
        """;

    private static string IdsIn(string body) =>
        string.Join(' ', Events(body).Select(e => e["id"]!.GetValue<string>()));

    private static IEnumerable<string> NamesIn(string body) =>
        Events(body).Select(SnippetWorld.NameOf);

    private static IEnumerable<JsonNode> Events(string body) =>
        JsonNode.Parse(body)!["events"]!.AsArray().OfType<JsonNode>();
}
