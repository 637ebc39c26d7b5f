using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>Nothing is stored or sent against the visitor's or the page's will.</summary>
public sealed class SnippetPrivacyTests(Chromium chromium)
{
    private const string Kept = """
        [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].join(" ")
        """;

    [Fact]
    public async Task Where_one_asks_first_nothing_is_stored_or_sent_before_the_answer()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(
            world.Page("/", SnippetWorld.OrderForm, "data-consent='required'"));

        await tab.EvaluateAsync("sojourn('track', 'too_early')");
        await tab.EvaluateAsync("sojourn('identify', 'ada')");
        await tab.FillAsync("[name=name]", "Amina");
        await tab.FocusAsync("[name=address]");
        var before = await tab.EvaluateAsync<string>(Kept);
        await tab.EvaluateAsync("sojourn('consent', true)");
        await tab.FillAsync("[name=phone]", "0551234567");
        var events = await world.EventsUntilAsync("checkout_started");

        Assert.Equal("", before.Trim());
        Assert.Equal(["page_view", "checkout_started"], SnippetWorld.NamesOf(events).Take(2));
        Assert.All(events, e => Assert.DoesNotContain("Amina", e.ToJsonString()));
    }

    [Fact]
    public async Task Consent_is_remembered_by_the_next_page()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var address = world.Page("/", "", "data-consent='required'");
        var tab = await world.TabAsync(address);
        await tab.EvaluateAsync("sojourn('consent', true)");

        await tab.ReloadAsync();

        await world.EventsAsync(all => all.Count(e =>
            SnippetWorld.NameOf(e) == "page_view") == 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data-consent='required'")]
    public async Task A_refusal_takes_back_what_was_stored_and_lasts(string attributes)
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/", SnippetWorld.OrderForm, attributes));
        await tab.EvaluateAsync("sojourn('consent', true)");
        await tab.FillAsync("[name=name]", "Amina");
        await world.EventsUntilAsync("checkout_started");

        await tab.EvaluateAsync("sojourn('consent', false); sojourn('track', 'refused')");
        var kept = await tab.EvaluateAsync<string>(Kept);
        await tab.ReloadAsync();
        await tab.EvaluateAsync("sojourn('consent', true); sojourn('track', 'agreed')");
        var events = await world.EventsUntilAsync("agreed");

        Assert.Equal("sojourn_consent", kept.Trim());
        Assert.DoesNotContain("refused", SnippetWorld.NamesOf(events));
        Assert.Equal(
            2, events.Select(e => e["anonymous_id"]!.GetValue<string>()).Distinct().Count());
    }

    [Theory]
    [InlineData("doNotTrack", "'1'")]
    [InlineData("globalPrivacyControl", "true")]
    public async Task A_browser_that_asks_not_to_be_followed_is_not(string signal, string value)
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        await world.Visitor.AddInitScriptAsync(
            $"Object.defineProperty(navigator, '{signal}', {{ value: {value} }})");
        var tab = await world.TabAsync(world.Page("/", SnippetWorld.OrderForm));
        await tab.FillAsync("[name=name]", "Amina");
        await tab.EvaluateAsync("sojourn('track', 'followed')");
        var kept = await tab.EvaluateAsync<string>(Kept);

        await tab.GotoAsync(world.Page("/told", "", "data-dnt='ignore'"));
        var events = await world.EventsUntilAsync("page_view");

        Assert.Equal("", kept.Trim());
        Assert.Equal(["page_view"], SnippetWorld.NamesOf(events));
    }

    [Fact]
    public async Task A_page_with_a_strict_policy_needs_one_host_in_two_places()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var host = world.Server.Address;
        world.Shop.ContentSecurityPolicy =
            $"default-src 'none'; script-src {host}; connect-src {host}";
        var tab = await world.TabAsync();
        var complaints = new List<string>();
        tab.Console += (_, message) => complaints.Add(message.Text);

        await tab.GotoAsync(world.Page("/order", SnippetWorld.OrderForm));
        await tab.FillAsync("[name=name]", "Amina");
        await world.EventsUntilAsync("checkout_started");

        Assert.DoesNotContain(complaints, text => text.Contains("Content Security Policy"));
    }

    [Fact]
    public async Task A_secret_in_the_pages_address_is_cut_out()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);

        await world.TabAsync(world.Page("/reset") + "?token=canary-7");
        var events = await world.EventsUntilAsync("page_view");

        Assert.DoesNotContain("canary-7", events[0]["context"]!.ToJsonString());
    }
}
