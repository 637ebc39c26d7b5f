using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Sojourn.Events;
using Xunit;

namespace Sojourn.Browser.Tests.Screen;

/// <summary>What strangers write is text, wherever it is shown.</summary>
public sealed class CanaryTests(Chromium chromium)
{
    private const string Canary =
        "\"'><img src=x onerror=\"window.sung=1\"><script>window.sung=1</script>";

    [Fact]
    public async Task No_text_of_an_event_ever_runs_or_becomes_a_link()
    {
        await using var server = await LiveServer.StartAsync();
        await server.TellAsync([.. Events()]);
        await using var staff = await StaffPage.OpenAsync(chromium, server);
        var page = staff.Page;

        foreach (var list in new[] { "checkouts", "reservations", "users", "leads" })
        {
            await staff.GoAsync(list);
            await page.Locator(".row-link").First.ClickAsync();
            await Assertions.Expect(page.Locator("#panel")).ToBeVisibleAsync();
            foreach (var key in new[] { "3", "2", "1" })
            {
                await page.Keyboard.PressAsync(key);
                await Assertions.Expect(page.Locator($"#panel [data-key='{key}'][aria-current]"))
                    .ToBeVisibleAsync();
                await AssertSilentAsync(page);
            }

            await page.Locator("#panel .tabs a[href*='tab=timeline']").ClickAsync();
            await page.Locator("#panel .event-line summary").First.ClickAsync();
            await AssertSilentAsync(page);
        }

        await staff.GoAsync("checkouts?q=" + Uri.EscapeDataString(Canary));
        await AssertSilentAsync(page);
        await staff.GoAsync("debugger");
        await AssertSilentAsync(page);
    }

    private static async Task AssertSilentAsync(IPage page)
    {
        Assert.False(await page.EvaluateAsync<bool>("'sung' in window"));
        Assert.Equal(
            0, await page.Locator("img, a[href^='javascript:'], main script").CountAsync());
    }

    private static IEnumerable<Event> Events()
    {
        var properties = new JsonObject
        {
            ["checkout_id"] = "c1",
            ["cart_token"] = Canary,
            ["currency"] = "DZD",
            ["items"] = new JsonArray(new JsonObject { ["quantity"] = 1, ["price"] = "1" }),
            ["product"] = new JsonObject { ["name"] = Canary, ["price"] = "1" },
            ["customer"] = new JsonObject
            {
                ["name"] = Canary,
                ["phone"] = Canary,
                ["email"] = Canary,
                ["wilaya"] = Canary,
                ["city"] = Canary,
                ["address"] = Canary,
            },
            ["name"] = Canary,
            ["email"] = Canary,
            [Canary] = Canary,
        };
        string[] names =
            ["checkout_started", "checkout_updated", "reservation_created", "identify", Canary];
        foreach (var name in names)
        {
            yield return Stories.One($"e-{name.Length}", name, "d1", TimeSpan.Zero,
                (JsonObject)properties.DeepClone()) with
            {
                UserId = Canary,
                Context = new EventContext
                {
                    Url = "javascript:window.sung=1",
                    Referrer = "javascript:window.sung=1",
                    UserAgent = Canary,
                    Country = "DZ",
                    Ip = "192.0.2.1",
                    Campaign = new Campaign(Canary, Canary, Canary, Canary, Canary),
                },
            };
        }
    }
}
