using System.Net;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>A person's page tells all their sessions, and agrees with the lists.</summary>
public sealed class PersonPageTests : IAsyncLifetime
{
    private const string Order = """
        {"checkout_id":"k1","order_id":"o1","total":"90.00","currency":"USD"}
        """;

    private const string Cart = """
        {"cart_token":"c1","items":[{"variant":"v","quantity":2,"price":"45.00"}],
        "currency":"USD","hold_for":"15m"}
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
    public async Task All_kinds_of_sessions_stand_in_one_story_by_day()
    {
        await TellStoryAsync();

        var page = await _reader.OpenAsync("people/ada");

        Assert.Equal("Ada", page.TextOf("h1"));
        Assert.Equal("4 sessions since 1 Mar 2026", page.TextOf("#page-total"));
        Assert.Equal(
            ["Today, 2 Mar 2026", "Yesterday, 1 Mar 2026"], page.TextsOf("#story .story-day"));
        Assert.Equal(
            ["Reservation", "Checkout", "Visit", "Visit"], page.TextsOf("#story h2"));
        Assert.Equal(
            ["10:10", "10:05", "10:00", "10:00"], page.TextsOf(".story-item > time"));
        var words = page.TextsOf(".story-card > p");
        Assert.Equal("2 items · 90.00 USD · c1", words[0]);
        Assert.Equal("No product yet · 90.00 USD · 100% filled in", words[1]);
        Assert.StartsWith("page_view to reservation_created · 0 points", words[2]);
        Assert.Equal("Converted", page.TextsOf(".story-card .badge")[1]);
    }

    [Fact]
    public async Task Each_number_is_the_number_of_the_list_it_leads_to()
    {
        await TellStoryAsync();
        await _server.TellAsync(Some.Event(user: "eve", minute: 3));

        var page = await _reader.OpenAsync("people/ada");

        var links = page.QuerySelectorAll("a[data-count], #orders").ToList();
        Assert.Equal(["1", "1", "2", "1"], links.Select(one => one.TextContent));
        foreach (var link in links)
        {
            var list = await _reader.FollowAsync(link.GetAttribute("href")!);
            Assert.Equal(
                int.Parse(link.TextContent), list.QuerySelectorAll("tbody tr[data-row]").Length);
        }

        Assert.Contains("1, 90.00 USD", page.TextsOf(".person-facts dd"));
    }

    [Fact]
    public async Task The_kinds_chosen_are_shown_and_all_are_counted()
    {
        await TellStoryAsync();

        var page = await _reader.OpenAsync("people/ada?lens=leads&lens=checkouts");

        Assert.Equal(["Checkout", "Visit", "Visit"], page.TextsOf("#story h2"));
        Assert.Equal(
            ["Checkouts 1", "Reservations 1", "Visits 2"], page.TextsOf(".kinds .check"));
        Assert.Equal(2, page.QuerySelectorAll(".kinds input[checked]").Length);
    }

    [Fact]
    public async Task A_session_leads_to_its_panel_beside_the_persons_list()
    {
        await TellStoryAsync();
        var page = await _reader.OpenAsync("people/ada?lens=checkouts");

        var list = await _reader.FollowAsync(page.LinkOf("#story .row-link"));

        Assert.Single(list.QuerySelectorAll("tbody tr[data-row]"));
        Assert.Equal(_reader.At("people/ada"), list.LinkOf("#to-person"));
    }

    [Fact]
    public async Task What_staff_did_stands_at_the_session()
    {
        await TellStoryAsync();
        var id = (string?)(await _server.GetAsync("/v1/sessions?lens=checkouts"))
            ["items"]![0]!["id"];
        await _server.PostAsync(
            _server.Secret, $"/v1/sessions/{id}/actions", """{"type":"note","text":"Call her"}""");

        var page = await _reader.OpenAsync("people/ada");

        Assert.Equal(["Call her"], page.TextsOf("#story .note-text"));
    }

    [Fact]
    public async Task Identities_say_when_they_joined_and_by_which_event()
    {
        await _server.TellAsync(
            Some.Event(user: "old"),
            Some.Event("identify", minute: 1, id: "login", user: "new", device: "phone"),
            Some.Event("alias", minute: 2, id: "join", user: "new", properties: """
                {"previous_id":"old"}
                """));

        var page = await _reader.OpenAsync("people/new");

        Assert.Equal(
            ["joined by identify, 2 Mar 2026, Verified", "joined by alias, 2 Mar 2026, Verified"],
            page.TextsOf(".identities dd small"));
        Assert.Equal(["new", "phone", "old"], page.TextsOf(".identities .copy"));
        Assert.Contains("new and old are one person", page.TextOf(".section-note"));
        var proof = await _reader.FollowAsync(page.LinkOf(".section-note a"));
        Assert.Equal("join", proof.QuerySelector("#panel")!.GetAttribute("data-session"));
    }

    [Fact]
    public async Task An_id_that_became_part_of_a_person_leads_there_and_says_so()
    {
        await _server.TellAsync(
            Some.Event(user: "old"),
            Some.Event("alias", minute: 1, user: "new", properties: """{"previous_id":"old"}"""));

        var place = await _reader.PlaceAfterAsync(_reader.At("people/old?lens=leads"));
        var page = await _reader.FollowAsync(place!);

        Assert.Equal(_reader.At("people/new?lens=leads&merged=old"), place);
        Assert.Equal("“old” is part of this person now.", page.TextOf("#notices .notice"));
    }

    [Fact]
    public async Task A_device_of_several_people_names_them()
    {
        await _server.TellAsync(
            Some.Event(user: "ada", device: "kiosk"),
            Some.Event(minute: 9, user: "eve", device: "kiosk"));

        var page = await _reader.OpenAsync("people/kiosk");

        Assert.Equal(
            ["ada", "eve"], page.TextsOf(".person-facts .section-note a"));
        Assert.Equal(2, page.QuerySelectorAll("#story .story-item").Length);
    }

    [Fact]
    public async Task Older_sessions_stand_on_further_pages()
    {
        await _server.TellAsync(
            [.. Enumerable.Range(0, 53).Select(i => Some.Event(user: "ada", minute: -60 * i))]);

        var newest = await _reader.OpenAsync("people/ada");
        var older = await _reader.FollowAsync(newest.LinkOf("[rel=next]"));

        Assert.Equal(50, newest.QuerySelectorAll(".story-item").Length);
        Assert.Equal(3, older.QuerySelectorAll(".story-item").Length);
        Assert.Equal(_reader.At("people/ada"), older.LinkOf("[rel=first]"));
    }

    [Fact]
    public async Task Sessions_that_lists_leave_out_are_said_to_be_there()
    {
        await _server.TellAsync(
            Some.Event(user: "bot", context: new() { UserAgent = "Googlebot/2.1" }));

        var page = await _reader.OpenAsync("people/bot");
        var all = await _reader.FollowAsync(page.LinkOf("#notices a"));

        Assert.Equal("No session to show", page.TextOf("#no-match h2"));
        Assert.Single(all.QuerySelectorAll(".story-item"));
    }

    [Theory]
    [InlineData("?lens=users", "lens")]
    [InlineData("?cursor=x", "cursor")]
    [InlineData("?colour=red", "colour")]
    public async Task What_is_not_understood_is_named_and_left_out(string question, string name)
    {
        await _server.TellAsync(Some.Event(user: "ada"));

        var page = await _reader.OpenAsync("people/ada" + question);

        Assert.StartsWith(
            $"“{name}” in the address was left out.", page.TextOf("#notices .notice"));
        Assert.Single(page.QuerySelectorAll(".story-item"));
    }

    [Fact]
    public async Task Nobody_is_at_an_unknown_address() =>
        await _reader.OpenAsync("people/nobody", HttpStatusCode.NotFound);

    [Fact]
    public async Task The_people_seen_last_are_listed_once_each()
    {
        await _server.TellAsync(
            Some.Event(user: "ada"), Some.Event(user: "a/b ü", minute: 30),
            Some.Event(user: "ada", minute: 60));

        var page = await _reader.OpenAsync("people");
        var odd = await _reader.FollowAsync(
            page.QuerySelectorAll(".row-link")[1].GetAttribute("href")!);

        Assert.Equal(["ada", "a/b ü"], page.TextsOf("tbody .row-link"));
        Assert.Equal("a/b ü", odd.TextOf("h1"));
    }

    [Theory]
    [InlineData("ada@", "Ada")]
    [InlineData("Ada", "Ada")]
    [InlineData("nobody", "")]
    public async Task People_are_found_by_id_name_or_mail(string text, string names)
    {
        await TellStoryAsync();
        await _server.TellAsync(Some.Event(user: "eve"));

        var page = await _reader.OpenAsync("people?q=" + Uri.EscapeDataString(text));

        Assert.Equal(names, string.Join(' ', page.TextsOf("tbody .row-link")));
    }

    [Fact]
    public async Task An_id_that_was_joined_to_another_is_found_too()
    {
        await _server.TellAsync(
            Some.Event(user: "old"),
            Some.Event("alias", minute: 1, user: "new", properties: """{"previous_id":"old"}"""));

        var page = await _reader.OpenAsync("people?q=old");

        Assert.Equal(_reader.At("people/new"), page.LinkOf("#notices a"));
    }

    [Fact]
    public async Task Nothing_that_was_sent_becomes_part_of_the_page()
    {
        await _server.TellAsync(Some.Event(
            "identify", user: "<b>ada</b>", properties: """
                {"name":"<img src=x>","email":"\"><script>1</script>"}
                """));

        var page = await _reader.OpenAsync("people/" + Uri.EscapeDataString("<b>ada</b>"));

        Assert.Empty(page.QuerySelectorAll("#main img, #main script"));
        Assert.Equal("<img src=x>", page.TextOf("h1"));
    }

    private Task TellStoryAsync() => _server.TellAsync(
        Some.Event("identify", minute: -1440, user: "ada", properties: """
            {"email":"ada@example.org","name":"Ada"}
            """),
        Some.Event(user: "ada"),
        Some.Event("order_submitted", minute: 5, user: "ada", properties: Order),
        Some.Event("reservation_created", minute: 10, user: "ada", properties: Cart));
}
