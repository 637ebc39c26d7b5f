using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Server;
using Sojourn.Sessions;
using Sojourn.Tests.Sessions;
using Xunit;
using static Sojourn.Tests.Ingest.Shops.ShopDecoded;

namespace Sojourn.Tests.Server.Hooks;

/// <summary>Shops send in any order and several times; sessions do not show it.</summary>
[Trait("Invariant", "I4")]
public sealed class ShopDisorderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_webhooks_in_any_order_and_tripled_give_the_same_sessions()
    {
        var webhooks = Webhooks();
        string? expected = null;
        for (var seed = 0; seed < 6; seed++)
        {
            await using var world = await HookWorld.StartAsync();
            var paths = new Dictionary<HookSource, string>
            {
                [HookSource.Shopify] = await world.HookAsync(HookSource.Shopify),
                [HookSource.WooCommerce] = await world.HookAsync(HookSource.WooCommerce),
            };
            var random = new Random(seed);
            var sent = seed == 0 ? webhooks : [.. webhooks, .. webhooks, .. webhooks];
            if (seed > 0)
                random.Shuffle(sent);
            foreach (var (source, topic, body) in sent)
            {
                var header = source == HookSource.Shopify
                    ? "X-Shopify-Topic" : "X-WC-Webhook-Topic";
                var (status, answer) = await world.SendAsync(
                    paths[source], body, (header, topic));
                Assert.Equal((200, 0), (status, answer["rejected"]!.AsArray().Count));
            }

            var sessions = await DescribeAsync(world);
            Assert.NotEmpty(sessions);
            Assert.Equal(expected ??= sessions, sessions);
        }
    }

    private static async Task<string> DescribeAsync(HookWorld world)
    {
        var project = world.Server.Project.Id;
        var events = new List<Event>();
        await foreach (var e in world.Server.Store.AllEventsAsync(project, Cancel)) events.Add(e);
        var pure = Sessionizer.All(
            Program.Kinds,
            ProjectSettings.Default,
            Program.SuppressionOf(ProjectSettings.Default),
            events,
            []);
        var text = Worlds.Describe(pure);
        foreach (var lens in new[] { "users", "checkouts", "reservations" })
        {
            var listed = await world.Server.GetAsync(
                $"/v1/sessions?lens={lens}&suppressed=all&sort=started");
            text += listed["items"]!.ToJsonString();
            if (lens == "reservations")
                Assert.Empty(listed["items"]!.AsArray());
        }

        return text.Replace(project, "PROJECT");
    }

    // Four runs of Shopify's, with and without a visitor, ordered and cancelled; two of
    // WooCommerce's. What the shop changes after an order is told by later times.
    private static (HookSource Source, string Topic, string Body)[] Webhooks() =>
    [
        .. Enumerable.Range(0, 4).SelectMany(Shopify),
        .. Enumerable.Range(0, 2).SelectMany(Woo),
    ];

    private static IEnumerable<(HookSource, string, string)> Shopify(int run)
    {
        var attributes = Attributes(
            run % 2 == 0 ? $"device-{run}" : null, run == 0 ? "run-0" : null);
        string Own(string body) => body.Replace("chk_b1", $"chk_{run}")
            .Replace("450789469", $"45078{run}").Replace("Yasmine@", $"P{run}@");
        yield return (HookSource.Shopify, "checkouts/create", Own(Checkout(attributes)));
        for (var i = 0; i < 3; i++)
        {
            yield return (HookSource.Shopify, "checkouts/update", Own(Checkout(attributes))
                .Replace("10:04:30", $"10:04:4{i}").Replace("21600.00", $"2160{i}.00"));
        }

        if (run == 3)
            yield break;

        yield return (HookSource.Shopify, "orders/create", Own(Order(attributes)));
        yield return (HookSource.Shopify, "orders/paid", Own(Order(attributes))
            .Replace("\"pending\"", "\"paid\"").Replace("10:06:01", "10:07:00"));
        if (run == 2)
        {
            yield return (HookSource.Shopify, "orders/cancelled", Own(Order(attributes)).Replace(
                "\"cancelled_at\":null", "\"cancelled_at\":\"2026-03-02T10:40:00+01:00\""));
        }
    }

    private static IEnumerable<(HookSource, string, string)> Woo(int run)
    {
        var meta = Meta($"woo-{run}", $"woo-run-{run}");
        string[] statuses = run == 0
            ? ["checkout-draft", "pending", "processing", "completed"]
            : ["pending", "failed", "cancelled"];
        for (var i = 0; i < statuses.Length; i++)
        {
            yield return (
                HookSource.WooCommerce,
                i == 0 ? "order.created" : "order.updated",
                WooOrder(statuses[i], meta).Replace("09:06:08", $"09:1{i}:00")
                    .Replace("727", $"72{run}").Replace("Yasmine@", $"W{run}@"));
        }
    }
}
