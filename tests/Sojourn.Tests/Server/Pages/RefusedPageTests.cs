using System.Net;
using Sojourn.Ingest;
using Sojourn.Server.Pages.Debugging;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>The page of refused events says what is wrong and what to do about it.</summary>
public sealed class RefusedPageTests : IAsyncLifetime
{
    private const string Mixed = """
        [{"id":"a","name":"page_view","person_id":"p"},
         {"id":"b","person_id":"p"},
         {"id":"c","name":"note_written","person_id":"p","properties":{"note":"\ud800"}}]
        """;

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
    public async Task The_share_of_what_was_refused_can_be_counted_up()
    {
        await SendAsync(Mixed);
        await SendAsync("""[{"id":"d","name":"page_view","person_id":"p"}]""");

        var page = await _reader.OpenAsync("debugger");

        Assert.Equal(
            "2 of 4 since the server started, 10:00 (50%)", page.TextOf("#page-total"));
        Assert.Equal(2, page.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task A_row_names_the_event_where_it_came_from_and_the_field()
    {
        await SendAsync(Mixed);

        var page = await _reader.OpenAsync("debugger");

        Assert.Equal(["bad_text", "name_missing"], page.TextsOf("tbody .c-code"));
        Assert.Equal(["note_written", "No name"], page.TextsOf("tbody .c-event"));
        Assert.Equal(["Server key", "Server key"], page.TextsOf("tbody .c-from"));
        Assert.Contains("properties.note", page.TextsOf("tbody .c-why")[0]);
        Assert.Contains(RefusalCodes.BadText.Hint, page.TextsOf("tbody .c-why")[0]);
    }

    [Fact]
    public async Task An_open_refusal_shows_the_event_the_fault_in_it_and_the_answer()
    {
        await SendAsync(Mixed);
        var list = await _reader.OpenAsync("debugger");

        var page = await _reader.FollowAsync(list.LinkOf("tbody tr:first-child .row-link"));

        Assert.Equal("bad_text", page.TextOf(".panel-title"));
        Assert.Equal("\"note\": \"\\ud800\"", page.TextOf(".panel mark"));
        Assert.Contains("Event 3 of 3", page.TextsOf(".panel h3"));
        Assert.Contains("1 of the 3 events of its request were stored.", page.TextOf(".notice"));
        Assert.Contains("HTTP 200", page.TextsOf(".panel pre")[1]);
        Assert.Contains("\"index\": 2", page.TextsOf(".panel pre")[1]);
    }

    [Fact]
    public async Task Those_like_it_are_as_many_as_the_panel_says()
    {
        await SendAsync(Mixed);
        await SendAsync(Mixed);
        var list = await _reader.OpenAsync("debugger?q=note");
        var panel = await _reader.FollowAsync(list.LinkOf("tbody tr:first-child .row-link"));
        Assert.Equal("See the 2 like this", panel.TextOf(".panel-foot .button-quiet"));

        var page = await _reader.FollowAsync(panel.LinkOf(".panel-foot .button-quiet"));

        Assert.Equal(["bad_text", "bad_text"], page.TextsOf("tbody .c-code"));
        Assert.Empty(page.QuerySelectorAll(".panel"));
    }

    [Fact]
    public async Task A_filter_counts_what_it_would_give_under_the_others()
    {
        await SendAsync(Mixed);
        await _server.PostAsync(_server.Browser, "/v1/events", "[{");

        var page = await _reader.OpenAsync("debugger?source=server");

        Assert.Equal(
            ["bad_text 1", "name_missing 1"], page.TextsOf("#filter-code label"));
        Assert.Equal(
            ["Server key 2", "Browser key 1"], page.TextsOf("#filter-source label"));
        Assert.Equal("2 of 3 kept", page.TextOf(".applied [role=status]"));
    }

    [Fact]
    public async Task What_is_not_understood_in_the_address_is_named_and_left_out()
    {
        await SendAsync(Mixed);

        var page = await _reader.OpenAsync("debugger?code=nonsense&colour=red&offset=x");

        Assert.Equal(3, page.QuerySelectorAll("#notices .notice").Length);
        Assert.Contains("“code” in the address was left out.", page.TextsOf("#notices .notice")[0]);
        Assert.Equal(2, page.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task Pages_divide_the_list_without_gap_or_repetition()
    {
        for (var i = 0; i < RefusalScreen.Rows + 7; i++)
            await SendAsync($$"""[{"id":"e{{i}}"}]""");

        var first = await _reader.OpenAsync("debugger");
        var second = await _reader.FollowAsync(first.LinkOf("#list-foot [rel=next]"));

        Assert.Equal("1–50 of 57", first.TextOf("#list-foot > span"));
        Assert.Equal("51–57 of 57", second.TextOf("#list-foot > span"));
        Assert.Empty(second.QuerySelectorAll("#list-foot [rel=next]"));
        Assert.Equal(57, IdsOf(first).Concat(IdsOf(second)).Distinct().Count());
    }

    [Fact]
    public async Task An_address_of_what_is_not_kept_any_more_says_so_beside_the_list()
    {
        await SendAsync(Mixed);

        var page = await _reader.OpenAsync("debugger/17-1", HttpStatusCode.NotFound);

        Assert.Contains("not kept any more", page.TextOf("#notices .notice"));
        Assert.Equal(2, page.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task An_export_holds_exactly_what_the_list_shows()
    {
        await SendAsync(Mixed);
        await SendAsync(Mixed);
        var page = await _reader.OpenAsync("debugger?code=name_missing&offset=1");

        var lines = await _reader.ReadAsync(
            page.LinkOf("#export-menu a[href*=ndjson]"));

        Assert.Equal("Exactly these 2 refused events", page.TextOf("#export-menu .menu-title"));
        Assert.Equal(2, lines.Trim().Split('\n').Length);
        Assert.All(lines.Trim().Split('\n'), line => Assert.Contains("name_missing", line));
    }

    [Fact]
    public async Task Nothing_that_was_sent_becomes_part_of_the_page()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\u202e";
        await SendAsync($$"""[{"id":"x","name":"{{Hostile}}","{{Hostile}}":"</pre><script>"}]""");
        var list = await _reader.OpenAsync("debugger");

        var page = await _reader.FollowAsync(list.LinkOf("tbody .row-link"));

        Assert.Empty(page.QuerySelectorAll("img, pre script"));
        Assert.Equal(@"<img src=x onerror=alert(1)>\u202e", page.TextOf("tbody .c-event"));
        Assert.DoesNotContain('\u202e', page.Source.Text);
    }

    [Fact]
    public async Task A_request_that_could_not_be_read_says_where()
    {
        var (_, answer) = await _server.PostAsync(
            _server.Secret, "/v1/events", """[{"id":"x",}]""");
        var list = await _reader.OpenAsync("debugger");

        var page = await _reader.FollowAsync(list.LinkOf("tbody .row-link"));

        Assert.Equal(["Whole request"], list.TextsOf("tbody .c-event"));
        Assert.Contains("Nothing of this request was stored.", page.TextOf(".notice"));
        Assert.Contains("HTTP 400", page.TextsOf(".panel pre")[1]);
        Assert.Contains(
            $"after {(int)answer["offset"]!} bytes", page.TextOf(".panel .facts"));
    }

    [Fact]
    public async Task Of_a_message_in_a_batch_Segments_clients_are_told_nothing()
    {
        await _server.PostAsync(_server.Nobody, "/v1/batch", $$"""
            {"writeKey":"{{_server.WriteKey}}","batch":[{"type":"bought","userId":"ada"}]}
            """);
        var list = await _reader.OpenAsync("debugger");

        var page = await _reader.FollowAsync(list.LinkOf("tbody .row-link"));

        Assert.Equal("HTTP 200 { \"success\": true }", page.TextsOf(".panel pre")[1]);
        Assert.Contains("told nothing about single messages", page.TextOf(".panel-body"));
    }

    [Fact]
    public async Task Every_code_stands_on_the_page_of_codes()
    {
        await SendAsync(Mixed);

        var page = await _reader.OpenAsync("debugger/codes");

        Assert.Equal(
            RefusalCodes.All.Select(one => one.Code),
            page.QuerySelectorAll(".codes > div").Select(one => one.Id));
        Assert.Contains(RefusalCodes.NameMissing.Hint, page.TextOf("#name_missing"));
        Assert.Equal("1 since the server started", page.TextOf("#name_missing .link"));
    }

    [Fact]
    public async Task An_empty_page_says_what_would_appear()
    {
        var page = await _reader.OpenAsync("debugger");

        Assert.Equal(
            "Nothing received since the server started, 10:00", page.TextOf("#page-total"));
        Assert.Contains("Nothing was refused", page.TextOf("#no-match"));
    }

    private static IEnumerable<string?> IdsOf(AngleSharp.Html.Dom.IHtmlDocument page) =>
        page.QuerySelectorAll("tbody tr").Select(row => row.Id);

    private async Task SendAsync(string json) =>
        await _server.PostAsync(_server.Secret, "/v1/events", json);
}
