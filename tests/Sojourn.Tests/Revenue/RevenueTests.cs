using System.Text.Json.Nodes;
using Sojourn.Tests.Checkouts;
using Sojourn.Tests.Server;
using Sojourn.Tests.Server.Pages;
using Xunit;

namespace Sojourn.Tests.Revenue;

/// <summary>Recovered money, and that the lists behind it prove every number.</summary>
public sealed class RevenueTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _server.Clock.Advance(TimeSpan.FromHours(1));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_order_after_a_call_is_money_won_back_by_who_called()
    {
        await LeaveAsync("k1");
        await ContactAsync("k1", "phone");
        await OrderAsync("k1", "o1", 5000);

        var report = await _server.GetAsync("/v1/revenue?within=30d");

        Assert.Equal((1, "5000.00"), Of(report["total"]!));
        var channel = Assert.Single(report["channels"]!.AsArray())!;
        Assert.Equal("phone", (string?)channel["name"]);
        Assert.Equal((1, "5000.00"), Of(channel));
        Assert.Equal("low_intent", (string?)report["reasons"]![0]!["name"]);
        Assert.Equal("contact", (string?)report["credits"]![0]!["name"]);
        Assert.Equal("secret key", (string?)report["agents"]![0]!["name"]);
    }

    [Fact]
    public async Task Orders_nobody_asked_for_and_browsers_words_bring_nothing()
    {
        await LeaveAsync("k1");
        await OrderAsync("k1", "o1", 5000);
        await LeaveAsync("k2");
        await ContactAsync("k2", "phone");
        await OrderAsync("k2", "o2", 900, isClaimed: true);

        var report = await _server.GetAsync("/v1/revenue");

        Assert.Equal(0, (int)report["total"]!["orders"]!);
        Assert.Equal(1, (int)report["agreed_without_order"]!);
    }

    [Fact]
    public async Task Ten_words_of_one_order_count_once_and_a_cancelled_one_not_at_all()
    {
        await LeaveAsync("k1");
        await ContactAsync("k1", "sms");
        for (var i = 0; i < 10; i++)
            await OrderAsync("k1", "o1", 5000);
        Assert.Equal((1, "5000.00"), Of((await _server.GetAsync("/v1/revenue"))["total"]!));

        await TellAsync("order_cancelled", "k1", "\"order_id\":\"o1\"");

        Assert.Equal(0, (int)(await _server.GetAsync("/v1/revenue"))["total"]!["orders"]!);
    }

    [Fact]
    public async Task Every_number_is_the_total_of_the_list_it_leads_to()
    {
        foreach (var (key, channel) in new[] { ("k1", "phone"), ("k2", "sms"), ("k3", "sms") })
        {
            await LeaveAsync(key);
            await ContactAsync(key, channel);
            await OrderAsync(key, "o" + key, 100);
        }

        var report = await _server.GetAsync("/v1/revenue");

        string[] parts = ["weeks", "own_weeks", "reasons", "channels", "agents", "credits"];
        foreach (var row in parts.SelectMany(part => report[part]!.AsArray())
            .Append(report["total"]))
        {
            var list = await _server.GetAsync(
                $"/v1/sessions?lens=checkouts&{row!["query"]}");
            Assert.Equal((int)row["orders"]!, (int)list["total"]!);
        }

        Assert.Equal(3, report["weeks"]!.AsArray().Sum(week => (int)week!["orders"]!));
    }

    [Fact]
    public async Task The_page_shows_what_the_interface_says()
    {
        await LeaveAsync("k1");
        await ContactAsync("k1", "whatsapp");
        await OrderAsync("k1", "o1", 5000);
        using var reader = await Reader.SignInAsync(_server);

        var page = await reader.OpenAsync("checkouts/revenue?within=30d");

        Assert.StartsWith("1 orders", page.TextOf("#page-total"));
        var links = page.QuerySelectorAll("a[data-proves]");
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            var list = await reader.FollowAsync(link.GetAttribute("href")!);
            Assert.StartsWith(
                link.GetAttribute("data-proves")!, list.TextOf("#applied b"));
        }
    }

    [Fact]
    public async Task Weeks_tell_orders_won_back_beside_those_that_came_by_themselves()
    {
        await LeaveAsync("k1");
        await OrderAsync("k1", "o1", 700);
        await LeaveAsync("k2");
        await ContactAsync("k2", "phone");
        await OrderAsync("k2", "o2", 5000);

        var report = await _server.GetAsync("/v1/revenue");

        Assert.Equal((1, "5000.00"), Of(Assert.Single(report["weeks"]!.AsArray())!));
        Assert.Equal((1, "700.00"), Of(Assert.Single(report["own_weeks"]!.AsArray())!));
    }

    [Fact]
    public async Task The_chart_has_every_week_and_its_exact_money()
    {
        await LeaveAsync("k1");
        await ContactAsync("k1", "phone");
        await OrderAsync("k1", "o1", 5000);
        _server.Clock.Advance(TimeSpan.FromDays(14));
        using var reader = await Reader.SignInAsync(_server);

        var page = await reader.OpenAsync("checkouts/revenue?within=30d");

        var chart = JsonNode.Parse(
            page.QuerySelector("#chart-money-DZD")!.GetAttribute("data-chart")!)!;
        Assert.Equal(3, chart["days"]!.AsArray().Count);
        var recovered = chart["bars"]![0]!["weeks"]!.AsArray();
        Assert.Equal([5000m, 0m, 0m], recovered.Select(week => (decimal)week!["value"]!));
        Assert.Equal("Recovered: 5,000 DZD", (string?)recovered[0]!["text"]);
        Assert.Equal(3, page.QuerySelectorAll("#table-weeks tbody tr").Length);
    }

    [Theory]
    [InlineData("within=5d")]
    [InlineData("when=now")]
    public async Task A_question_it_does_not_know_is_refused_by_name(string question)
    {
        using var answer = await _server.Secret.GetAsync(
            "/v1/revenue?" + question, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    private static (int, string?) Of(JsonNode row) =>
        ((int)row["orders"]!, (string?)row["money"]![0]!["amount"]);

    private Task LeaveAsync(string key) => TellAsync("checkout_started", key, Required);

    private const string Required = "\"required\":[\"name\",\"phone\"]";

    private Task OrderAsync(string key, string id, int total, bool isClaimed = false) =>
        TellAsync("order_submitted", key,
            $"\"order_id\":\"{id}\",\"total\":{total},\"currency\":\"DZD\"", isClaimed);

    private async Task TellAsync(
        string name, string key, string more, bool isClaimed = false)
    {
        _server.Clock.Advance(TimeSpan.FromMinutes(20));
        var e = Forms.At(0, name, more, isClaimed
            ? Sojourn.Events.Trust.Claimed : Sojourn.Events.Trust.Verified);
        var now = Sojourn.Events.Micros.From(_server.Clock.GetUtcNow());
        await _server.TellAsync(e with
        {
            TimeUs = now,
            ReceivedUs = now,
            AnonymousId = "d-" + key,
            Properties = Sojourn.Events.Properties.FromJson(
                $$"""{"checkout_id":"{{key}}",{{more}}}"""),
        });
        _server.Clock.Advance(TimeSpan.FromMinutes(20));
    }

    private async Task ContactAsync(string key, string channel)
    {
        var listed = await _server.GetAsync("/v1/sessions?lens=checkouts");
        var session = listed["items"]!.AsArray().First(one =>
            (string?)one!["person"]!["anonymous_id"] == "d-" + key)!;
        var (status, _) = await _server.PostAsync(
            _server.Secret, $"/v1/sessions/{session["id"]}/actions",
            $$"""{"type":"contact","to":"{{channel}}"}""");
        Assert.Equal(200, status);
    }
}
