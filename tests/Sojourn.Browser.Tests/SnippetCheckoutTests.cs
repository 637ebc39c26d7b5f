using System.Text.Json.Nodes;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>A marked order form gives a checkout session without a line of code.</summary>
public sealed class SnippetCheckoutTests(Chromium chromium)
{
    [Fact]
    public async Task A_marked_form_gives_the_checkout_with_its_progress()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order", SnippetWorld.OrderForm));

        await tab.FillAsync("[name=name]", "Amina Benali");
        await tab.FillAsync("[name=phone]", "0551 23 45 67");
        await tab.SelectOptionAsync("[name=wilaya]", "Oran");
        await tab.FillAsync("[name=address]", "12 rue Didouche");
        var session = await world.SessionAsync(
            "checkouts", one => SnippetFormTests.ProgressOf(one) == 75
                && one["checkout"]!["customer"]!["phone"] is not null);

        var checkout = session["checkout"]!;
        Assert.Equal("live", session["status"]!.GetValue<string>());
        Assert.Equal("Amina Benali", checkout["customer"]!["name"]!.GetValue<string>());
        Assert.Equal("0551 23 45 67", checkout["customer"]!["phone"]!.GetValue<string>());
        Assert.Equal("Oran", checkout["customer"]!["address"]!.GetValue<string>());
        Assert.Equal("Théière", checkout["product"]!["name"]!.GetValue<string>());
        Assert.Equal("""{"amount":"9000.00","currency":"DZD"}""",
            checkout["value"]!.ToJsonString());
    }

    [Fact]
    public async Task It_starts_at_the_first_touch_and_says_what_the_form_asks()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order", SnippetWorld.OrderForm));
        await world.EventsUntilAsync("page_view");

        await tab.FocusAsync("[name=name]");
        var started = (await world.EventsUntilAsync("checkout_started"))
            .Single(e => SnippetWorld.NameOf(e) == "checkout_started")["properties"]!;

        Assert.Equal(
            """["name","phone","wilaya","address"]""", started["required"]!.ToJsonString());
        Assert.Equal(
            """{"contact":["name","phone"],"delivery":["wilaya","address"]}""",
            started["sections"]!.ToJsonString());
        Assert.Equal("[]", started["filled"]!.ToJsonString());
    }

    [Fact]
    public async Task What_was_filled_before_the_first_touch_counts()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order", """
            <form data-sojourn-checkout><input name="name" required value="Amina">
            <input name="phone" required></form>
            """));

        await tab.FocusAsync("[name=phone]");

        await world.SessionAsync("checkouts", one => SnippetFormTests.ProgressOf(one) == 50);
    }

    [Fact]
    public async Task Sending_the_form_is_no_leaving_and_its_server_learns_the_checkout()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        world.Page("/thanks");
        var tab = await world.TabAsync(world.Page("/order", """
            <form data-sojourn-checkout action="/thanks"><input name="name" required>
            <input type="hidden" name="checkout" data-sojourn-fill="checkout_id">
            <input type="hidden" name="device" data-sojourn-fill="anonymous_id">
            <button>Order</button></form>
            """));

        await tab.FillAsync("[name=name]", "Amina");
        await tab.ClickAsync("button");
        await tab.WaitForURLAsync("**/thanks*");
        await tab.EvaluateAsync(
            "sojourn('track', 'order_submitted', {order_id: 'o1', total: '9', currency: 'DZD'})");
        var session = await world.SessionAsync(
            "checkouts", one => one["status"]!.GetValue<string>() == "converted");
        var events = await world.EventsUntilAsync("order_submitted");

        var sent = new Uri(tab.Url).Query;
        Assert.Contains("checkout=" + events[1]["properties"]!["checkout_id"], sent);
        Assert.Contains("device=" + events[1]["anonymous_id"], sent);
        Assert.DoesNotContain("checkout_left", SnippetWorld.NamesOf(events));
        Assert.Equal("false", session["checkout"]!["confirmed"]!.ToString());
    }

    [Fact]
    public async Task Another_form_after_the_order_is_another_checkout()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var form = world.Page("/order", SnippetWorld.OrderForm);
        var tab = await world.TabAsync(form);
        await tab.FillAsync("[name=name]", "Amina");
        await tab.EvaluateAsync("sojourn('track', 'order_submitted', {order_id: 'o1'})");

        await tab.GotoAsync(form);
        await tab.FillAsync("[name=name]", "Amina");

        await world.SessionsAsync("checkouts", items => items.Count == 2);
    }

    [Fact]
    public async Task A_checkout_id_of_the_shops_own_is_kept()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order",
            "<form data-sojourn-checkout='cart-9'><input name='name' required></form>"));

        await tab.FillAsync("[name=name]", "Amina");
        var started = (await world.EventsUntilAsync("checkout_started"))[1];

        Assert.Equal("cart-9", started["properties"]!["checkout_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_changed_price_is_told_as_it_changes()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order", SnippetWorld.OrderForm));
        await tab.FocusAsync("[name=name]");
        await world.SessionAsync("checkouts", one => ValueOf(one) == "9000.00");

        await tab.EvaluateAsync(
            "document.querySelector('form').dataset.sojournProductQuantity = '3'");

        await world.SessionAsync("checkouts", one => ValueOf(one) == "13500.00");
    }

    [Fact]
    public async Task Hesitation_and_friction_are_told()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync();
        await tab.Clock.InstallAsync();
        await tab.GotoAsync(world.Page("/order", $"""
            <p style="height: 3000px">Long</p>{SnippetWorld.OrderForm}
            <label><input type="radio" name="pay" value="cod" form="none"></label>
            <div data-sojourn-section="total" style="height: 3000px">9000 DA</div>
            """));

        await tab.FocusAsync("[name=phone]");
        await tab.Clock.RunForAsync(6_000);
        await tab.EvaluateAsync("document.activeElement.blur()");
        await tab.EvaluateAsync("document.dispatchEvent(new ClipboardEvent('copy'))");
        await tab.EvaluateAsync(
            "document.querySelector('[name=name]').setAttribute('aria-invalid', 'true')");
        await tab.EvaluateAsync("scrollTo(0, 5000)");
        await tab.WaitForFunctionAsync("scrollY > 3000");
        await tab.Clock.RunForAsync(1_000);
        var events = await world.EventsAsync(all => all.Any(e =>
            SnippetFormTests.Told(e) == "checkout_signal scroll_stop total"));

        var told = events.Select(SnippetFormTests.Told).ToList();
        Assert.Contains("checkout_signal dwell phone", told);
        Assert.Contains("checkout_signal copy", told);
        Assert.Contains("checkout_error name invalid", told);
    }

    [Fact]
    public async Task A_payment_method_is_a_signal()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order", """
            <form data-sojourn-checkout>
              <input type="radio" name="pay" value="cod" data-sojourn-payment>
              <input type="radio" name="pay" value="card" data-sojourn-payment>
            </form>
            """));

        await tab.CheckAsync("[value=card]");
        var events = await world.EventsUntilAsync("checkout_signal");

        Assert.Equal(
            "checkout_signal payment_method card", SnippetFormTests.Told(events[^1]));
    }

    [Fact]
    public async Task A_page_that_comes_back_from_the_browsers_memory_goes_on()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order", SnippetWorld.OrderForm));
        await tab.FillAsync("[name=name]", "Amina");

        await tab.EvaluateAsync("""
            dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
            dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
            """);
        var events = await world.EventsUntilAsync("page_visible");

        Assert.Equal(
            ["checkout_left", "page_view", "page_visible"],
            SnippetWorld.NamesOf(events).TakeLast(3));
    }

    [Fact]
    public async Task A_form_that_an_app_takes_away_was_left()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/order", SnippetWorld.OrderForm));
        await tab.FillAsync("[name=name]", "Amina");

        await tab.EvaluateAsync("document.querySelector('form').remove()");

        await world.EventsUntilAsync("checkout_left");
    }

    [Fact]
    public async Task Two_tabs_with_the_form_are_two_checkouts_of_one_person()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var form = world.Page("/order", SnippetWorld.OrderForm);
        foreach (var _ in new[] { 1, 2 })
            await (await world.TabAsync(form)).FillAsync("[name=name]", "Amina");

        var page = await world.SessionsAsync("checkouts", items => items.Count == 2);

        Assert.Single(page["items"]!.AsArray()
            .Select(one => one!["person"]!["anonymous_id"]!.GetValue<string>()).Distinct());
    }

    private static string? ValueOf(JsonNode session) =>
        session["checkout"]!["value"]?["amount"]?.GetValue<string>();
}
