using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sojourn.Ingest;
using Sojourn.Server.Api.Hooks;
using Xunit;
using static Sojourn.Tests.Ingest.Shops.ShopDecoded;

namespace Sojourn.Tests.Server.Hooks;

/// <summary>What shops send becomes the same sessions as what the snippet tells.</summary>
public sealed class ShopHooksTests : IAsyncLifetime
{
    private static readonly HookProof _hush = new(null, null, "hush");

    private HookWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestServer Server => _world.Server;

    public async ValueTask InitializeAsync() => _world = await HookWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Snippet_and_webhooks_make_one_checkout_of_one_visitor()
    {
        var path = await _world.HookAsync(HookSource.Shopify, _hush);
        var attributes = Attributes(Visitor, "run-1");
        var (status, _) = await Server.PostAsync(Server.Browser, "/v1/events", $$"""
            [{"id":"s1","name":"page_view","anonymous_id":"{{Visitor}}",
              "time":"2026-03-02T08:58:00Z"},
             {"id":"s2","name":"checkout_started","anonymous_id":"{{Visitor}}",
              "time":"2026-03-02T08:59:00Z",
              "properties":{"checkout_id":"run-1","required":["phone"]} } ]
            """);
        Assert.Equal(200, status);

        await SendAsync(path, "checkouts/create", Checkout(attributes));
        await SendAsync(path, "orders/create", Order(attributes));

        var checkout = Assert.Single(await SessionsAsync());
        Assert.Equal(
            ("converted", "true", "450789469", "Yasmine Benali"),
            ((string?)checkout!["status"], (string?)checkout["checkout"]!["confirmed"],
                (string?)checkout["checkout"]!["order_id"],
                (string?)checkout["checkout"]!["customer"]!["name"]));
        Assert.Equal(
            (Visitor, "yasmine@mail.example"),
            ((string?)checkout["person"]!["anonymous_id"],
                (string?)checkout["person"]!["user_id"]));
        var visit = Assert.Single(
            (await Server.GetAsync("/v1/sessions?lens=users"))["items"]!.AsArray());
        Assert.Equal(
            (string?)checkout["person"]!["id"], (string?)visit!["person"]!["id"]);
    }

    [Fact]
    public async Task An_order_for_an_unknown_checkout_is_one_of_its_own()
    {
        var path = await _world.HookAsync(HookSource.Shopify, _hush);

        await SendAsync(path, "orders/paid", Order());

        var checkout = Assert.Single(await SessionsAsync());
        Assert.Equal(
            ("converted", "Boots"),
            ((string?)checkout!["status"], (string?)checkout["checkout"]!["product"]!["name"]));
    }

    [Fact]
    [Trait("Threat", "C7")]
    public async Task One_order_sent_ten_times_and_by_three_topics_counts_once()
    {
        var path = await _world.HookAsync(HookSource.Shopify, _hush);
        for (var i = 0; i < 10; i++)
        {
            await SendAsync(
                path, "orders/create", Order(), ("X-Shopify-Webhook-Id", $"delivery-{i}"));
        }

        await SendAsync(path, "orders/paid", Order().Replace("10:06:01", "10:20:00"));
        var last = await SendAsync(path, "orders/updated", Order());

        Assert.Equal((0, 2), ((int)last["accepted"]!, (int)last["duplicates"]!));
        Assert.Equal(
            ["checkout_updated", "order_submitted"], (await _world.NamesAsync()).Order());
    }

    [Fact]
    public async Task A_cancelled_order_is_an_abandoned_checkout_again()
    {
        var path = await _world.HookAsync(HookSource.WooCommerce, _hush);
        await SendAsync(path, "order.created", WooOrder("processing"));
        Assert.Equal("converted", (string?)Assert.Single(await SessionsAsync())!["status"]);

        await SendAsync(path, "order.updated", WooOrder("cancelled"));

        Assert.NotEqual("converted", (string?)Assert.Single(await SessionsAsync())!["status"]);
    }

    [Fact]
    [Trait("Threat", "C6")]
    public async Task A_forged_order_is_refused_stored_nowhere_and_listed()
    {
        var path = await _world.HookAsync(HookSource.Shopify, _hush);

        var (status, body) = await _world.SendAsync(
            path, Order() + " ", [.. Signed("orders/create", Order())]);
        var (bare, _) = await _world.SendAsync(
            path, Order(), ("X-Shopify-Topic", "orders/create"));

        Assert.Equal((401, "signature_invalid"), (status, (string?)body["code"]));
        Assert.Equal(401, bare);
        Assert.Empty(await _world.NamesAsync());
        Assert.All(
            (await Server.GetAsync("/v1/refusals"))["items"]!.AsArray(),
            one => Assert.Equal("shopify", (string?)one!["source"]));
    }

    [Fact]
    public async Task The_old_secret_signs_for_five_hours_after_a_new_one()
    {
        var path = await _world.HookAsync(HookSource.Shopify, _hush);
        var hooks = Server.Services.GetRequiredService<HookBook>();
        var id = hooks.ListOf(Server.Project.Id)[0].Id;

        await hooks.SetProofAsync(Server.Project, id, new(null, null, "new"), Cancel);

        Server.Clock.Advance(TimeSpan.FromHours(4.9));
        await SendAsync(path, "orders/create", Order());
        Server.Clock.Advance(TimeSpan.FromHours(0.2));
        var (status, _) = await _world.SendAsync(
            path, Order(), [.. Signed("orders/create", Order())]);
        Assert.Equal(401, status);
    }

    [Fact]
    public async Task The_ping_of_a_new_webhook_is_let_in_unsigned()
    {
        var path = await _world.HookAsync(HookSource.WooCommerce, _hush);
        using var ping = new FormUrlEncodedContent([new("webhook_id", "5")]);

        using var answer = await Server.Nobody.PostAsync(path, ping, Cancel);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Empty(await _world.NamesAsync());
    }

    [Fact]
    public async Task A_refused_topic_is_answered_and_listed()
    {
        var path = await _world.HookAsync(HookSource.Shopify, _hush);

        var answer = await SendAsync(path, "products/create", "{\"id\":1}");

        Assert.Equal("topic_unknown", (string?)answer["rejected"]![0]!["code"]);
        Assert.Equal(
            "topic_unknown",
            (string?)(await Server.GetAsync("/v1/refusals"))["items"]![0]!["code"]);
    }

    [Fact]
    public async Task A_duty_of_the_shop_is_kept_and_shows_in_no_list()
    {
        var path = await _world.HookAsync(HookSource.Shopify, _hush);

        await SendAsync(path, "customers/redact", """{"customer":{"email":"a@b.c"}}""");

        var kept = await Server.GetAsync("/v1/events?suppressed=only");
        Assert.Equal(
            ("shop_erasure_asked", "shop"),
            ((string?)kept["items"]![0]!["name"], (string?)kept["items"]![0]!["suppressed_by"]));
        Assert.Equal(0, (int)(await Server.GetAsync("/v1/sessions?lens=users"))["total"]!);
    }

    [Fact]
    public async Task A_negative_price_and_a_malformed_phone_are_kept_as_told_and_count_nothing()
    {
        var path = await _world.HookAsync(HookSource.Shopify, _hush);

        await SendAsync(path, "checkouts/update", Checkout()
            .Replace("\"21600.00\"", "\"-5.00\"").Replace("\"10500.00\"", "\"-1.00\"")
            .Replace("0551 23 45 67", "call me"));

        var checkout = Assert.Single(await SessionsAsync())!["checkout"]!;
        Assert.Null(checkout["value"]);
        Assert.Equal("call me", (string?)checkout["customer"]!["phone"]);
    }

    private async Task<JsonArray> SessionsAsync() =>
        (await Server.GetAsync("/v1/sessions?lens=checkouts"))["items"]!.AsArray();

    private async Task<JsonNode> SendAsync(
        string path, string topic, string body, params (string Name, string Value)[] more)
    {
        var (status, answer) = await _world.SendAsync(
            path, body, [.. Signed(topic, body), .. more]);
        Assert.Equal(200, status);
        return answer;
    }

    private static IEnumerable<(string Name, string Value)> Signed(string topic, string body)
    {
        var signature = Convert.ToBase64String(HMACSHA256.HashData(
            "hush"u8, Encoding.UTF8.GetBytes(body)));
        return topic.StartsWith("order.", StringComparison.Ordinal)
            ? [("X-WC-Webhook-Topic", topic), ("X-WC-Webhook-Signature", signature)]
            : [("X-Shopify-Topic", topic), ("X-Shopify-Hmac-Sha256", signature)];
    }
}
