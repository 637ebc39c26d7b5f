using System.Net;
using System.Text.Json.Nodes;
using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>People over HTTP: who is behind an id, and all their sessions in one order.</summary>
public sealed class PeopleApiTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_person_is_told_with_what_their_sessions_know()
    {
        await _server.TellAsync(
            Some.Event("identify", user: "ada", device: "phone", properties: """
                {"email":"ada@example.org","name":"Ada"}
                """),
            Checkout("k1", minute: 60, phone: "+213 661 24 88 07"));

        var person = await _server.GetAsync("/v1/people/ada");

        Assert.Equal(
            ("ada", "ada", true, "Ada", "ada@example.org", "+213 661 24 88 07"),
            ((string?)person["id"], (string?)person["user_id"], (bool)person["verified"]!,
                (string?)person["name"], (string?)person["email"], (string?)person["phone"]));
        Assert.Equal("2026-03-02T10:00:00.000Z", (string?)person["first_seen"]);
        Assert.Equal("2026-03-02T11:00:00.000Z", (string?)person["last_seen"]);
        Assert.Equal(
            """{"checkouts":1,"reservations":0,"leads":2}""", person["sessions"]!.ToJsonString());
        Assert.Equal(
            ["user ada ", "device phone identify"],
            person["identities"]!.AsArray().Select(one =>
                $"{one!["form"]} {one["id"]} {one["joined"]?["name"]}"));
    }

    [Fact]
    public async Task All_sessions_of_all_kinds_come_in_one_order_page_by_page()
    {
        await _server.TellAsync(
            [.. Enumerable.Range(0, 7).Select(i => Checkout("k" + i, minute: i * 60))]);
        var all = await _server.GetAsync("/v1/people/ada/sessions?limit=100");

        foreach (var limit in new[] { 1, 2, 3, 5 })
        {
            var found = new List<string>();
            string? cursor = null;
            do
            {
                var page = await _server.GetAsync($"/v1/people/ada/sessions?limit={limit}"
                    + (cursor is null ? "" : "&cursor=" + cursor));
                Assert.Equal(14, (int)page["total"]!);
                found.AddRange(IdsOf(page));
                cursor = (string?)page["next"];
            }
            while (cursor is not null && found.Count <= 14);

            Assert.Equal(IdsOf(all), found);
        }

        var starts = all["items"]!.AsArray().Select(one => (string)one!["started"]!).ToList();
        Assert.Equal(starts.OrderDescending(StringComparer.Ordinal), starts);
        Assert.Equal(14, IdsOf(all).Distinct().Count());
    }

    [Fact]
    public async Task Each_session_is_told_as_its_list_tells_it()
    {
        await _server.TellAsync(Checkout("k1", minute: 0));

        var items = (await _server.GetAsync("/v1/people/ada/sessions"))["items"]!.AsArray();

        Assert.Equal(["checkouts", "leads"], items.Select(one => (string?)one!["lens"]));
        Assert.NotNull(items[0]!["checkout"]);
        Assert.NotNull(items[1]!["lead"]!["points"]);
    }

    [Fact]
    public async Task The_kinds_asked_for_are_told_and_all_are_counted()
    {
        await _server.TellAsync(Checkout("k1", minute: 0));

        var page = await _server.GetAsync("/v1/people/ada/sessions?lens=leads");

        Assert.Equal((1, 1, 1), ((int)page["total"]!, page["items"]!.AsArray().Count,
            (int)page["sessions"]!["checkouts"]!));
    }

    [Fact]
    public async Task An_id_that_was_joined_to_another_moves_there()
    {
        await _server.TellAsync(
            Some.Event(user: "old/1"),
            Some.Event("alias", minute: 1, user: "new/2", properties: """
                {"previous_id":"old/1"}
                """));

        await MovesAsync("/v1/people/old%2F1", "/v1/people/new%2F2");
        await MovesAsync(
            "/v1/people/old%2F1/sessions?lens=leads", "/v1/people/new%2F2/sessions?lens=leads");
        Assert.Equal("new/2", (string?)(await _server.GetAsync("/v1/people/new%2F2"))["id"]);
    }

    [Fact]
    public async Task Somebody_only_claimed_is_told_from_their_sessions()
    {
        await _server.TellAsync(
            Some.Event(user: "ada", trust: Trust.Claimed) with { AnonymousId = "phone" });

        var person = await _server.GetAsync("/v1/people/ada");

        Assert.False((bool)person["verified"]!);
        Assert.Equal(1, (int)person["sessions"]!["leads"]!);
        Assert.Empty(person["identities"]!.AsArray());
    }

    [Fact]
    public async Task Somebody_whose_sessions_are_all_left_out_is_somebody()
    {
        await _server.TellAsync(
            Some.Event(user: "bot", context: new() { UserAgent = "Googlebot/2.1" }));

        var hidden = await _server.GetAsync("/v1/people/bot");
        var shown = await _server.GetAsync("/v1/people/bot?suppressed=all");

        Assert.Equal((0, 1), ((int)hidden["sessions"]!["leads"]!,
            (int)shown["sessions"]!["leads"]!));
    }

    [Theory]
    [InlineData("nobody", 404, "person_unknown")]
    [InlineData("nobody/sessions", 404, "person_unknown")]
    [InlineData("ada?lens=leads", 400, "query_invalid")]
    [InlineData("ada/sessions?lens=users", 400, "query_invalid")]
    [InlineData("ada/sessions?limit=0", 400, "query_invalid")]
    [InlineData("ada/sessions?cursor=x", 400, "query_invalid")]
    [InlineData("ada/sessions?cursor=1.x_AAAAAAAAAAAAAAAAAAAAAA", 400, "query_invalid")]
    [InlineData("ada/sessions?archived=maybe", 400, "query_invalid")]
    public async Task What_cannot_be_answered_is_said_so(string path, int status, string code)
    {
        await _server.TellAsync(Some.Event(user: "ada"));

        using var answer = await _server.Secret.GetAsync("/v1/people/" + path, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, (string?)(await TestServer.BodyOfAsync(answer))["code"]);
    }

    [Fact]
    public async Task A_period_of_events_that_ends_before_it_begins_is_refused()
    {
        using var answer = await _server.Secret.GetAsync(
            "/v1/events?from=2026-03-05T00:00:00Z&to=2026-03-02T00:00:00Z", Cancel);

        var problem = await TestServer.BodyOfAsync(answer);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "query_invalid", "to"),
            (answer.StatusCode, (string?)problem["code"], (string?)problem["field"]));
    }

    [Fact]
    public void Every_kind_is_told_by_one_list_that_has_the_words_for_it()
    {
        var told = Sojourn.Server.Program.Lenses.OfPeople;
        var pages = Sojourn.Server.Program.Pages.All.Where(one => one.Telling is not null);

        Assert.Equal(
            Sojourn.Server.Program.Kinds.Select(one => one.Name).Order(),
            told.Select(one => one.Kind.Name).Order());
        Assert.Equal(told.Select(one => one.Name), pages.Select(one => one.Lens.Name));
    }

    private async Task MovesAsync(string from, string to)
    {
        using var answer = await _server.Secret.GetAsync(from, Cancel);
        Assert.Equal(
            (308, to), ((int)answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    private static List<string> IdsOf(JsonNode page) =>
        [.. page["items"]!.AsArray().Select(one => (string)one!["id"]!)];

    private static Event Checkout(string id, double minute, string? phone = null) => Some.Event(
        "checkout_updated", minute, "ada", properties: $$$"""
            {"checkout_id":"{{{id}}}","customer":{"phone":"{{{phone ?? "0"}}}"},
            "product":{"id":"p","name":"Rug","price":"90","quantity":1},
            "total":"90.00","currency":"USD"}
            """);
}
