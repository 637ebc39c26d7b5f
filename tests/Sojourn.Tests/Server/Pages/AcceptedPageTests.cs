using System.Text.Json.Nodes;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>The page of accepted events shows what was stored, and where it went.</summary>
public sealed class AcceptedPageTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.
    private Reader _reader = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _reader = await Reader.SignInAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_newest_comes_first_with_its_raw_json()
    {
        await _server.TellAsync(Some.Event("first", user: "ada"));
        await _server.TellAsync(Some.Event("second", user: "eve", properties: """{"size":"XL"}"""));

        var page = await _reader.OpenAsync("debugger/live");

        Assert.Equal(["second", "first"], page.TextsOf(".tail .event-name"));
        Assert.Equal(["eve", "ada"], page.TextsOf(".tail-who"));
        var answer = await _server.GetAsync("/v1/events?limit=1");
        var shown = page.QuerySelectorAll(".tail pre")[0].TextContent;
        Assert.Equal(
            answer["items"]![0]!.ToJsonString(), JsonNode.Parse(shown)!.ToJsonString());
    }

    [Theory]
    [InlineData("?name=first", "first")]
    [InlineData("?person=eve", "second")]
    [InlineData("?name=first&name=second", "second first")]
    [InlineData("?person=nobody", "")]
    [InlineData("?suppressed=hide", "second first")]
    [InlineData("?suppressed=only", "crawled")]
    [InlineData("", "crawled second first")]
    public async Task Filters_choose_among_all_events_bots_included(string question, string names)
    {
        await _server.TellAsync(
            Some.Event("first", user: "ada"),
            Some.Event("second", user: "eve"),
            Some.Event("crawled", user: "bot", context: new() { UserAgent = "Googlebot/2.1" }));

        var page = await _reader.OpenAsync("debugger/live" + question);

        Assert.Equal(names, string.Join(' ', page.TextsOf(".tail .event-name")));
    }

    [Fact]
    public async Task What_does_not_count_says_why()
    {
        await _server.TellAsync(
            Some.Event("crawled", user: "bot", context: new() { UserAgent = "Googlebot/2.1" }));

        var page = await _reader.OpenAsync("debugger/live");

        Assert.StartsWith("Not counted: ", page.TextOf(".tail-note"));
    }

    [Theory]
    [InlineData("?colour=red", "colour")]
    [InlineData("?suppressed=maybe", "suppressed")]
    [InlineData("?cursor=nonsense", "cursor")]
    [InlineData("?from=tomorrow", "from")]
    public async Task What_is_not_understood_in_the_address_is_named_and_left_out(
        string question, string name)
    {
        await _server.TellAsync(Some.Event("first"));

        var page = await _reader.OpenAsync("debugger/live" + question);

        Assert.StartsWith(
            $"“{name}” in the address was left out.", page.TextOf("#notices .notice"));
        Assert.Equal(["first"], page.TextsOf(".tail .event-name"));
    }

    [Fact]
    public async Task Older_events_stand_on_further_pages_that_hold_still()
    {
        await _server.TellAsync(
            [.. Enumerable.Range(0, 57).Select(i => Some.Event($"n{i}", minute: i))]);

        var newest = await _reader.OpenAsync("debugger/live?suppressed=hide");
        var older = await _reader.FollowAsync(newest.LinkOf("[rel=next]"));

        Assert.Equal("any", newest.QuerySelector("#main")!.GetAttribute("data-live"));
        Assert.Null(older.QuerySelector("#main")!.GetAttribute("data-live"));
        Assert.Equal(
            Enumerable.Range(0, 57).Reverse().Select(i => $"n{i}"),
            newest.TextsOf(".tail .event-name").Concat(older.TextsOf(".tail .event-name")));
        Assert.Equal(
            _reader.At("debugger/live?suppressed=hide"), older.LinkOf("[rel=first]"));
    }

    [Fact]
    public async Task An_event_leads_to_the_visit_and_the_checkout_that_hold_it()
    {
        await _server.TellAsync(
            Some.Event(minute: 0),
            Some.Event("checkout_field", minute: 2, properties: """{"checkout_id":"k1"}"""));
        var page = await _reader.OpenAsync("debugger/live?name=checkout_field");
        var links = page.QuerySelectorAll(".tail-open .button-row a[href*=session]")
            .Select(one => one.GetAttribute("href")!).ToList();

        var places = new List<string>();
        foreach (var link in links) places.Add((await _reader.PlaceAfterAsync(link))!);

        var visit = (string?)(await _server.GetAsync("/v1/sessions"))["items"]![0]!["id"];
        var checkout = (string?)(await _server.GetAsync("/v1/sessions?lens=checkouts"))
            ["items"]![0]!["id"];
        Assert.Equal(
            [
                _reader.At($"checkouts/{checkout}?tab=timeline"),
                _reader.At($"users/{visit}?tab=timeline"),
            ],
            places.Order());
    }

    [Fact]
    public async Task An_event_of_an_earlier_run_leads_to_that_run()
    {
        const string Cart = """{"cart_token":"c1","items":[],"currency":"USD"}""";
        await _server.TellAsync(
            Some.Event("reservation_created", minute: 0, properties: Cart),
            Some.Event("checkout_completed", minute: 1, properties: Cart),
            Some.Event("reservation_created", minute: 120, properties: Cart));
        var runs = (await _server.GetAsync("/v1/sessions?lens=reservations&sort=started"))
            ["items"]!.AsArray().Select(one => (string?)one!["id"]).ToList();
        Assert.Equal(2, runs.Count);
        var page = await _reader.OpenAsync("debugger/live?name=checkout_completed");

        var place = await _reader.PlaceAfterAsync(
            page.LinkOf(".tail-open a[href*=\"session/r_\"]"));

        Assert.Equal(_reader.At($"reservations/{runs[0]}?tab=timeline"), place);
    }

    [Fact]
    public async Task A_session_that_never_was_is_not_found()
    {
        var id = new SessionId('v', 1, 2);

        await _reader.OpenAsync($"debugger/session/{id}", System.Net.HttpStatusCode.NotFound);
        await _reader.OpenAsync("debugger/session/x", System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nothing_that_was_sent_becomes_part_of_the_page()
    {
        await _server.TellAsync(Some.Event(
            "<img src=x>", user: "<script>1</script>",
            properties: """{"</pre><script>":"<script>2</script>"}"""));

        var page = await _reader.OpenAsync("debugger/live");

        Assert.Empty(page.QuerySelectorAll("#main img, #main script"));
        Assert.Equal("<img src=x>", page.TextOf(".tail .event-name"));
    }
}
