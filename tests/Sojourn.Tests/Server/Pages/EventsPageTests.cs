using System.Net;
using System.Text.Json.Nodes;
using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>The page of stored events shows single actions beside their sessions.</summary>
public sealed class EventsPageTests : IAsyncLifetime
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
    public async Task A_row_says_when_what_who_where_and_how_far_it_is_believed()
    {
        await _server.TellAsync(
            Some.Event("form_submit", user: "ada", context: new() { Url = "https://s.example/f" }),
            Some.Event("page_view", minute: 1, device: "phone", trust: Trust.Claimed),
            Some.Event("crawled", minute: 2, context: new() { UserAgent = "Googlebot/2.1" }));

        var page = await _reader.OpenAsync("events");

        Assert.Equal(["10:02:00", "10:01:00", "10:00:00"], page.TextsOf("tbody .c-time"));
        Assert.Equal(["crawled", "page_view", "form_submit"], page.TextsOf("tbody .c-event"));
        Assert.Equal(["ada", "phone", "ada"], page.TextsOf("tbody .c-who"));
        Assert.Equal("https://s.example/f", page.TextsOf("tbody .c-what")[2]);
        Assert.Equal(["Verified", "Claimed", "Verified"], page.TextsOf("tbody .c-trust"));
        Assert.Equal("", page.TextsOf("tbody .c-rule")[2]);
        Assert.NotEqual("", page.TextsOf("tbody .c-rule")[0]);
        Assert.Equal("page", page.QuerySelector("#nav [href$='/events']")!
            .GetAttribute("aria-current"));
        Assert.Equal(
            _reader.At("debugger/live"), page.LinkOf("#debugger-tabs a[href$='live']"));
    }

    [Theory]
    [InlineData("?name=first", "first")]
    [InlineData("?name=&name=first&name=second", "second first")]
    [InlineData("?person=eve", "second")]
    [InlineData("?suppressed=hide", "second first")]
    [InlineData("?suppressed=only", "crawled")]
    [InlineData("?from=2026-03-03", "crawled")]
    [InlineData("?to=2026-03-03", "second first")]
    [InlineData("?from=2026-03-02&to=2026-03-03&person=ada", "first")]
    [InlineData("?person=nobody", "")]
    public async Task Filters_choose_among_all_events(string question, string names)
    {
        await _server.TellAsync(
            Some.Event("first", user: "ada"),
            Some.Event("second", minute: 5, user: "eve"),
            Some.Event(
                "crawled", minute: 1440, user: "bot",
                context: new() { UserAgent = "Googlebot/2.1" }));

        var page = await _reader.OpenAsync("events" + question);

        Assert.Equal(names, string.Join(' ', page.TextsOf("tbody .event-name")));
    }

    [Fact]
    public async Task The_names_to_choose_from_are_those_that_occur_in_any_kind_of_session()
    {
        const string Cart = """{"cart_token":"c1","items":[],"currency":"USD"}""";
        await _server.TellAsync(
            Some.Event("page_view"),
            Some.Event("page_view", minute: 90),
            Some.Event("reservation_created", minute: 1, properties: Cart) with { UserId = null });

        var page = await _reader.OpenAsync("events?name=page_view");

        Assert.Equal(
            ["page_view", "reservation_created"], page.TextsOf("#filter-name .option"));
        Assert.Equal("page_view", page.QuerySelector("#filter-name input[checked]")!
            .GetAttribute("value"));
    }

    [Fact]
    public async Task A_name_nobody_ever_sent_is_said_so_and_close_ones_are_offered()
    {
        await _server.TellAsync(
            Some.Event("checkout_started"), Some.Event("email_open", minute: 1));

        var page = await _reader.OpenAsync("events?name=checkout_start&person=ada");

        Assert.Equal(
            "No event named “checkout_start” was ever stored here.",
            page.TextOf("#notices .notice p:first-child"));
        Assert.Equal(
            _reader.At("events?person=ada&name=checkout_started"),
            page.LinkOf("#notices .notice a"));
        Assert.Equal("checkout_started", page.TextOf("#notices .notice a"));
        Assert.Equal("No event matches", page.TextOf("#no-match h2"));
    }

    [Fact]
    public async Task A_name_that_other_filters_leave_out_is_not_called_unseen()
    {
        await _server.TellAsync(
            Some.Event("page_view", user: "ada"),
            Some.Event("nobodys", minute: 1) with { UserId = null });

        var page = await _reader.OpenAsync("events?name=page_view&name=nobodys&person=eve");

        Assert.Empty(page.QuerySelectorAll("#notices .notice"));
    }

    [Fact]
    public async Task An_open_event_has_an_address_its_json_and_ways_to_its_sessions()
    {
        await _server.TellAsync(
            Some.Event(minute: 0),
            Some.Event(
                "checkout_field", minute: 2, id: "it", properties: """{"checkout_id":"k1"}"""));

        var page = await _reader.OpenAsync("events?name=checkout_field&event=it");

        Assert.Equal("checkout_field", page.TextOf("#panel h2"));
        var answer = await _server.GetAsync("/v1/events?id=it");
        Assert.Equal(
            answer["items"]![0]!.ToJsonString(),
            JsonNode.Parse(page.QuerySelector("#panel pre")!.TextContent)!.ToJsonString());
        Assert.Equal("it", page.QuerySelector("tr[data-open]")!.Id);
        Assert.Equal(_reader.At("events?name=checkout_field"), page.LinkOf("a[data-close]"));
        var places = new List<string>();
        foreach (var link in page.QuerySelectorAll("#panel-foot a[href*=session]"))
            places.Add((await _reader.PlaceAfterAsync(link.GetAttribute("href")!))!);
        var visit = (string?)(await _server.GetAsync("/v1/sessions"))["items"]![0]!["id"];
        Assert.Equal(2, places.Count);
        Assert.Contains(_reader.At($"users/{visit}?tab=timeline"), places);
    }

    [Fact]
    public async Task An_open_event_need_not_be_among_those_shown()
    {
        await _server.TellAsync(Some.Event("first", id: "it"), Some.Event("second", minute: 1));

        var page = await _reader.OpenAsync("events?name=second&event=it");

        Assert.Equal("first", page.TextOf("#panel h2"));
        Assert.Equal(["second"], page.TextsOf("tbody .event-name"));
    }

    [Fact]
    public async Task An_event_that_never_was_is_not_found_and_the_list_is_shown()
    {
        await _server.TellAsync(Some.Event("first"));

        var page = await _reader.OpenAsync("events?event=it", HttpStatusCode.NotFound);

        Assert.Equal(
            "There is no event of the id in this address.", page.TextOf("#notices .notice"));
        Assert.Equal(["first"], page.TextsOf("tbody .event-name"));
    }

    [Theory]
    [InlineData("?from=2026-03-05&to=2026-03-02", "to", "The period ends before it begins.")]
    [InlineData("?from=tomorrow", "from", "This is no time.")]
    [InlineData("?colour=red", "colour", "There is no such parameter here.")]
    [InlineData("?cursor=nonsense", "cursor", "The cursor is none of ours.")]
    public async Task What_is_not_understood_in_the_address_is_named_and_left_out(
        string question, string name, string reason)
    {
        await _server.TellAsync(Some.Event("first", minute: 60 * 24 * 4));

        var page = await _reader.OpenAsync("events" + question);

        Assert.StartsWith(
            $"“{name}” in the address was left out. {reason}", page.TextOf("#notices .notice"));
        Assert.Equal(["first"], page.TextsOf("tbody .event-name"));
    }

    [Fact]
    public async Task Older_events_stand_on_further_pages()
    {
        await _server.TellAsync(
            [.. Enumerable.Range(0, 57).Select(i => Some.Event($"n{i}", minute: i))]);

        var newest = await _reader.OpenAsync("events?person=ada&event=x", HttpStatusCode.NotFound);
        var older = await _reader.FollowAsync(newest.LinkOf("[rel=next]"));
        var open = await _reader.FollowAsync(
            older.QuerySelectorAll(".row-link")[1].GetAttribute("href")!);

        Assert.Equal(
            Enumerable.Range(0, 57).Reverse().Select(i => $"n{i}"),
            newest.TextsOf("tbody .event-name").Concat(older.TextsOf("tbody .event-name")));
        Assert.Equal("n5", open.TextOf("#panel h2"));
        Assert.Equal(7, open.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(_reader.At("events?person=ada"), open.LinkOf("[rel=first]"));
    }

    [Fact]
    public async Task A_project_without_events_says_how_to_send_some()
    {
        var page = await _reader.OpenAsync("events");

        Assert.Equal("No event yet", page.TextOf("#no-match h2"));
        Assert.Equal(_reader.At("connect"), page.LinkOf("#no-match a"));
    }

    [Fact]
    public async Task Nothing_that_was_sent_becomes_part_of_the_page()
    {
        await _server.TellAsync(Some.Event(
            "<img src=x>", user: "<script>1</script>", id: "\"><b>",
            properties: """{"</pre><script>":"<script>2</script>"}"""));

        var page = await _reader.OpenAsync("events?event=%22%3E%3Cb%3E&name=%3Cimg");

        Assert.Empty(page.QuerySelectorAll("#main img, #main script"));
        Assert.Equal("<img src=x>", page.TextOf("#panel h2"));
    }
}
