using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>What the snippet tells of pages, clicks and calls.</summary>
public sealed class SnippetPageTests(Chromium chromium)
{
    [Fact]
    public async Task A_page_view_appears_as_a_session()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var address = world.Page("/shoes");

        await world.TabAsync(address + "?utm_source=newsletter&utm_campaign=november");
        var session = await world.SessionAsync("leads", _ => true);
        var told = (await world.EventsUntilAsync("page_view"))[0];

        Assert.Equal("page_view", session["entry"]!.GetValue<string>());
        Assert.Equal("newsletter", session["source"]!.GetValue<string>());
        Assert.Equal("mobile", session["device"]!.GetValue<string>());
        Assert.StartsWith(address, told["properties"]!["url"]!.GetValue<string>());
        Assert.Equal("Page /shoes", told["properties"]!["title"]!.GetValue<string>());
        Assert.Equal("november", told["context"]!["campaign"]!["name"]!.GetValue<string>());
        Assert.Equal("claimed", told["trust"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_event_is_in_the_API_within_a_second()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/"));
        await world.EventsUntilAsync("page_view");

        var clicked = TimeProvider.System.GetTimestamp();
        await tab.EvaluateAsync("sojourn('track', 'size_chosen')");
        await world.EventsUntilAsync("size_chosen");

        Assert.InRange(
            TimeProvider.System.GetElapsedTime(clicked), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Views_within_an_app_are_pages()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/app"));
        await world.EventsUntilAsync("page_view");

        await tab.EvaluateAsync("history.pushState({}, '', '/app/cart')");
        await tab.EvaluateAsync("history.replaceState({}, '', '/app/cart')");
        await tab.EvaluateAsync("location.hash = 'reviews'");
        await tab.EvaluateAsync("history.pushState({}, '', '/app/#/orders')");
        await tab.GoBackAsync();
        var views = await world.EventsAsync(events => events.Count(IsView) == 4);

        Assert.Equal(
            ["/app", "/app/cart", "/app/#/orders", "/app/cart#reviews"],
            views.Where(IsView).Select(e => UrlOf(e)[world.Shop.Address.Length..]));
    }

    [Fact]
    public async Task Reload_and_back_keep_one_visit_and_one_checkout()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var form = world.Page("/order", SnippetWorld.OrderForm);
        var tab = await world.TabAsync(form);
        await tab.FillAsync("[name=name]", "Amina");

        await tab.ReloadAsync();
        await tab.FillAsync("[name=phone]", "0551 23 45 67");
        await tab.GotoAsync(world.Page("/terms"));
        await tab.GoBackAsync();
        await tab.FillAsync("[name=address]", "12 rue Didouche");
        await tab.EvaluateAsync("sojourn('track', 'all_done')");
        await world.EventsUntilAsync("all_done");
        var checkouts = await world.SessionsAsync("checkouts", items => items.Count > 0);
        var visits = await world.SessionsAsync("users", items => items.Count > 0);

        Assert.Equal(1, checkouts["total"]!.GetValue<int>());
        Assert.Equal(1, visits["total"]!.GetValue<int>());
        Assert.Equal("live", checkouts["items"]![0]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Two_tabs_are_one_person()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);

        var first = await world.TabAsync(world.Page("/one"));
        var second = await world.TabAsync(world.Page("/two"));
        await first.EvaluateAsync("sojourn('track', 'in_first')");
        await second.EvaluateAsync("sojourn('track', 'in_second')");
        var events = await world.EventsAsync(all =>
            SnippetWorld.NamesOf(all).Intersect(["in_first", "in_second"]).Count() == 2);

        Assert.Single(events.Select(e => e["anonymous_id"]!.GetValue<string>()).Distinct());
    }

    [Fact]
    public async Task The_device_has_the_id_that_Segments_script_gave_it()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        await world.Visitor.AddInitScriptAsync(
            "localStorage.setItem('ajs_anonymous_id', JSON.stringify('segment-1'))");

        await world.TabAsync(world.Page("/"));
        var events = await world.EventsUntilAsync("page_view");

        Assert.Equal("segment-1", events[0]["anonymous_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_marked_click_is_told_with_its_attributes_even_when_the_page_stops_it()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/", """
            <button data-sojourn-event="product_added" data-sojourn-product-id="rug"
                    data-sojourn-price="21000" onclick="event.stopPropagation()">
              <b>Add</b></button>
            """));

        await tab.ClickAsync("b");
        var told = (await world.EventsUntilAsync("product_added"))[^1];

        Assert.Equal(
            """{"price":"21000","product_id":"rug"}""", told["properties"]!.ToJsonString());
    }

    [Fact]
    public async Task Calls_made_before_the_snippet_is_there_are_not_lost()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);

        await world.TabAsync(world.Page("/", """
            <script>
              window.sojourn = window.sojourn
                || function () { (sojourn.q = sojourn.q || []).push(arguments) };
              sojourn("identify", "user-7", { email: "amina@example.com" });
              sojourn("track", "early", { step: 1 });
            </script>
            """));
        var events = await world.EventsUntilAsync("early");

        var identify = events.Single(e => SnippetWorld.NameOf(e) == "identify");
        Assert.Equal("user-7", identify["person_id"]!.GetValue<string>());
        Assert.Equal("1", events[^1]["properties"]!["step"]!.ToString());
    }

    [Fact]
    public async Task Another_user_or_a_reset_is_another_device()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/"));

        await tab.EvaluateAsync("sojourn('identify', 'ada'); sojourn('identify', 'ada')");
        await tab.EvaluateAsync("sojourn('identify', 'bo')");
        await tab.EvaluateAsync("sojourn('reset'); sojourn('track', 'after')");
        var events = await world.EventsUntilAsync("after");

        var devices = events.Select(e => e["anonymous_id"]!.GetValue<string>()).ToList();
        Assert.Equal(devices[1], devices[2]);
        Assert.Equal(3, devices.Distinct().Count());
    }

    [Fact]
    public async Task An_open_page_beats_only_while_somebody_can_see_it()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync();
        await tab.Clock.InstallAsync();
        await tab.GotoAsync(world.Page("/"));
        await world.EventsUntilAsync("page_view");

        await tab.Clock.RunForAsync(16_000);
        await world.EventsUntilAsync("page_ping");
        await HideAsync(tab, true);
        await tab.Clock.RunForAsync(60_000);
        await HideAsync(tab, false);
        await tab.EvaluateAsync("sojourn('track', 'back_again')");
        await tab.Clock.RunForAsync(1_000);
        var events = await world.EventsUntilAsync("back_again");

        Assert.Equal(
            ["page_view", "page_ping", "page_hidden", "page_visible", "back_again"],
            events.Select(SnippetWorld.NameOf));
    }

    [Fact]
    public async Task Two_tags_on_a_page_tell_everything_once()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tag = $"<script src='{world.Server.Address}/s.js' "
            + $"data-key='{world.Server.WriteKey}'></script>";

        var tab = await world.TabAsync(world.Page("/", tag));
        await tab.EvaluateAsync("sojourn('track', 'once')");
        var events = await world.EventsUntilAsync("once");

        Assert.Equal(["page_view", "once"], SnippetWorld.NamesOf(events));
        Assert.Equal(["sojourn"], await tab.EvaluateAsync<string[]>("""
            () => {
              const frame = document.body.appendChild(document.createElement("iframe"));
              const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow));
              return Object.getOwnPropertyNames(window).filter(name =>
                !usual.has(name) && !/^(__playwright|\d+$)/.test(name));
            }
            """));
    }

    /// <summary>Makes a page believe that its tab was put behind another, or shown again.</summary>
    internal static Task HideAsync(IPage tab, bool hidden) => tab.EvaluateAsync(
        """
        hidden => {
          Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }
        """, hidden);

    private static bool IsView(JsonNode e) => SnippetWorld.NameOf(e) == "page_view";

    private static string UrlOf(JsonNode e) => e["properties"]!["url"]!.GetValue<string>();
}
