using System.Text.Json.Nodes;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>Forms: names always, values only where the form allows it.</summary>
public sealed class SnippetFormTests(Chromium chromium)
{
    private const string Canary = "canary-7";

    [Fact]
    public async Task Any_form_is_told_by_names()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/contact", """
            <form name="contact" onsubmit="return false">
              <input name="email" type="email" required><input name="id"><button>Send</button>
            </form>
            """));

        await tab.FillAsync("[name=email]", "nobody");
        await tab.ClickAsync("button");
        await tab.FillAsync("[name=email]", "nobody@example.com");
        await tab.ClickAsync("button");
        var events = await world.EventsUntilAsync("form_submit");

        Assert.Equal(
            [
                "page_view", "form_field email focus", "form_field email change",
                "form_error email typeMismatch", "form_field email focus",
                "form_field email change", "form_submit",
            ],
            events.Select(Told).Where(line => line != "page_ping"));
        Assert.All(
            events.Skip(1),
            e => Assert.Equal("contact", e["properties"]!["form"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("<input name='note'>")]
    [InlineData("<textarea name='note'></textarea>")]
    [InlineData("<input name='note' type='password' data-sojourn-value>")]
    [InlineData("<input name='note' autocomplete='cc-number' data-sojourn-value>")]
    [InlineData("<input name='note' autocomplete='shipping one-time-code' data-sojourn-value>")]
    [InlineData("<input name='card_number' data-sojourn-value>")]
    [InlineData("<input name='cvv' data-sojourn-value>")]
    [InlineData("<input name='iban' data-sojourn-value='name'>")]
    public async Task What_is_typed_stays_in_the_browser(string field)
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        foreach (var marked in new[] { "", "data-sojourn-checkout" })
        {
            var path = "/" + marked;
            var tab = await world.TabAsync(world.Page(path, $"""
                <form {marked}>{field}<input type="hidden" name="h" value="{Canary}"
                  data-sojourn-value><button type="button">x</button></form>
                """));
            await tab.FillAsync("input:not([type=hidden]), textarea", Canary);
            await tab.ClickAsync("button");
        }

        var events = await world.EventsAsync(all => all.Count(e =>
            e["properties"]!["action"]?.GetValue<string>() == "change") == 2);

        Assert.All(events, e => Assert.DoesNotContain(Canary, e.ToJsonString()));
    }

    [Fact]
    public async Task A_card_number_never_leaves_even_in_a_field_that_allows_its_value()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/", """
            <form><input name="note" data-sojourn-value><button type="button">x</button></form>
            """));

        await tab.FillAsync("[name=note]", "4111 1111-1111 1111");
        await tab.ClickAsync("button");
        await tab.FillAsync("[name=note]", "+213 551 23 45 67");
        await tab.ClickAsync("button");
        var values = (await world.EventsAsync(all => all.Count(IsChange) == 2)).Where(IsChange);

        Assert.Equal(
            [null, "+213 551 23 45 67"],
            values.Select(e => e["properties"]!["value"]?.GetValue<string>()));
    }

    [Fact]
    public async Task Fields_added_later_are_tracked()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/", SnippetWorld.OrderForm));
        await tab.FillAsync("[name=name]", "Amina");
        await tab.FillAsync("[name=phone]", "0551234567");
        await tab.SelectOptionAsync("[name=wilaya]", "Oran");
        await tab.FillAsync("[name=address]", "12 rue Didouche");
        await tab.FocusAsync("[name=name]");
        await world.SessionAsync("checkouts", one => ProgressOf(one) == 99);

        await tab.EvaluateAsync("""
            document.querySelector("form").insertAdjacentHTML(
              "beforeend", "<input name='city' required data-sojourn-value>")
            """);
        await world.SessionAsync("checkouts", one => ProgressOf(one) == 80);
        await tab.FillAsync("[name=city]", "Es Senia");
        await tab.ClickAsync("[name=name]");

        var session = await world.SessionAsync("checkouts", one => ProgressOf(one) == 99);
        Assert.Contains(
            "Es Senia", session["checkout"]!["customer"]!["address"]!.GetValue<string>());
    }

    [Fact]
    public async Task Forms_in_open_shadow_roots_are_tracked()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/", """
            <order-form></order-form>
            <script>
              customElements.define("order-form", class extends HTMLElement {
                connectedCallback() {
                  this.attachShadow({ mode: "open" }).innerHTML =
                    `<form data-sojourn-checkout onsubmit="return false">
                       <input name="name" required data-sojourn-value>
                       <input name="phone" required><button>Order</button></form>`;
                }
              });
            </script>
            """));

        await tab.FillAsync("[name=name]", "Amina");
        await tab.ClickAsync("button");
        var session = await world.SessionAsync("checkouts", one => ProgressOf(one) == 50);
        var events = await world.EventsUntilAsync("checkout_error");

        Assert.Equal("Amina", session["checkout"]!["customer"]!["name"]!.GetValue<string>());
        Assert.Equal("checkout_error phone valueMissing", Told(events.Last(IsError)));
    }

    [Fact]
    public async Task A_form_whose_fields_are_named_like_its_own_properties_is_tracked()
    {
        await using var world = await SnippetWorld.StartAsync(chromium);
        var tab = await world.TabAsync(world.Page("/", """
            <form id="odd"><input name="name"><input name="id"><input name="closest">
            <input name="attributes"><button type="button">x</button></form>
            """));

        await tab.FillAsync("[name=id]", "x");
        await tab.ClickAsync("button");
        var events = await world.EventsAsync(all => all.Any(IsChange));

        Assert.Equal("odd", events.Last(IsChange)["properties"]!["form"]!.GetValue<string>());
        Assert.Empty(world.ErrorsOn(tab));
    }

    internal static int? ProgressOf(JsonNode session) =>
        session["checkout"]!["progress"]?.GetValue<int>();

    /// <summary>An event as one line: name, field, and action or code.</summary>
    internal static string Told(JsonNode e)
    {
        string?[] parts =
        [
            SnippetWorld.NameOf(e), Text(e, "field"), Text(e, "action"), Text(e, "code"),
            Text(e, "kind"), Text(e, "target"),
        ];
        return string.Join(' ', parts.Where(part => part is not null));
    }

    private static string? Text(JsonNode e, string property) =>
        e["properties"]![property]?.ToString();

    private static bool IsChange(JsonNode e) => Text(e, "action") == "change";

    private static bool IsError(JsonNode e) => SnippetWorld.NameOf(e) == "checkout_error";
}
