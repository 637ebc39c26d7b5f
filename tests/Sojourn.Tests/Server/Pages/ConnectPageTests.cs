using System.Text.RegularExpressions;
using Sojourn.Server.Api;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>The first event is a copy and a paste away.</summary>
public sealed partial class ConnectPageTests : IAsyncLifetime
{
    private const string Visit = """[{"name":"page_view","anonymous_id":"me"}]""";

    private TestServer _server = null!; // Set before each test.
    private Reader _reader = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    [Theory]
    [InlineData("", "/s.js")]
    [InlineData("?with=segment-browser", "AnalyticsBrowser.load")]
    [InlineData("?with=curl", "/v1/events")]
    public async Task The_code_holds_the_servers_address_and_the_projects_key(
        string question, string part)
    {
        var code = await CodeAsync(question);

        Assert.Contains(part, code);
        Assert.Contains(_server.Address.Authority, code);
        Assert.Contains(_server.WriteKey, code);
    }

    [Theory]
    [InlineData("?with=segment-node")]
    [InlineData("?with=server")]
    public async Task Code_for_servers_asks_for_a_secret_key_and_says_where_to_make_one(
        string question)
    {
        var page = await _reader.OpenAsync("connect" + question);

        Assert.Contains("SOJOURN_SECRET_KEY", page.TextOf("#connect pre"));
        Assert.Equal(
            _reader.At("settings/keys"), page.LinkOf("#connect .section-note a[href*=keys]"));
        Assert.DoesNotContain(_server.SecretKey, page.Source.Text);
    }

    [Fact]
    public async Task Who_may_not_make_keys_is_told_who_does()
    {
        const string Email = "eve@shop.example";
        await _server.AddAccountAsync(Email, Role.Viewer);
        using var viewer = await Reader.SignInAsync(_server, Email);

        var page = await viewer.OpenAsync("connect?with=server");

        Assert.Contains(
            page.TextsOf("#connect .section-note"),
            note => note.Contains("An admin makes one under Settings, Keys."));
        Assert.Empty(page.QuerySelectorAll("a[href*=keys]"));
    }

    [Fact]
    public async Task What_is_copied_is_what_is_shown()
    {
        var page = await _reader.OpenAsync("connect?with=curl");

        Assert.Equal(
            page.QuerySelector("#connect pre")!.TextContent,
            page.QuerySelector("#connect button[data-copy]")!.GetAttribute("data-copy"));
    }

    [Fact]
    public async Task The_command_to_try_it_out_is_taken_by_the_server()
    {
        var command = Curl().Match(await CodeAsync("?with=curl"));
        using var client = _server.ClientOf(command.Groups["key"].Value);
        using var content = new StringContent(
            command.Groups["body"].Value, System.Text.Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync(command.Groups["address"].Value, content, Cancel);

        Assert.Equal(
            1, (int)(await TestServer.BodyOfAsync(answer))["accepted"]!);
    }

    [Fact]
    public async Task The_page_waits_until_the_first_event_is_there()
    {
        var before = await _reader.OpenAsync("connect");
        await _server.PostAsync(_server.Browser, "/v1/events", Visit);
        _server.Clock.Advance(TimeSpan.FromSeconds(30));

        var after = await _reader.OpenAsync("connect");

        Assert.Equal(
            $"Waiting for an event with key {_server.WriteKey}", before.TextOf(".waiting"));
        Assert.Equal("any", before.QuerySelector("#main")!.GetAttribute("data-live"));
        Assert.Equal("Event received 30s ago: see it", after.TextOf(".arrived"));
        Assert.Equal(_reader.At("debugger/live"), after.LinkOf(".arrived a"));
    }

    [Fact]
    public async Task What_was_refused_meanwhile_is_told()
    {
        await _server.PostAsync(_server.Browser, "/v1/events", "[{}]");

        var page = await _reader.OpenAsync("connect");

        Assert.Equal(
            "1 refused since the server started",
            page.TextOf(".steps a[href$=debugger]"));
    }

    [Fact]
    public async Task An_empty_list_of_an_empty_project_shows_the_same_steps()
    {
        var list = await _reader.OpenAsync("checkouts");
        var page = await _reader.OpenAsync("connect");

        Assert.Equal(page.TextOf("#connect"), list.TextOf("#connect"));
        Assert.Equal("any", list.QuerySelector("#main")!.GetAttribute("data-live"));
    }

    [Fact]
    public async Task An_empty_list_beside_others_says_what_it_needs()
    {
        await _server.PostAsync(_server.Browser, "/v1/events", Visit);

        var list = await _reader.OpenAsync("reservations");

        Assert.Empty(list.QuerySelectorAll("#connect"));
        Assert.Contains("Events arrive, but none of them belongs here.", list.TextOf("#empty"));
    }

    [Fact]
    public async Task A_project_without_a_write_key_says_so()
    {
        foreach (var key in _server.Store.KeysOf(_server.Project.Id))
        {
            if (key.Kind == KeyKind.Write)
                await _server.Store.RevokeKeyAsync(_server.Project.Id, key.Id, Cancel);
        }

        var page = await _reader.OpenAsync("connect");

        Assert.Contains("no write key in force", page.TextOf(".step-body .notice"));
        Assert.DoesNotContain(_server.WriteKey, page.Source.Text);
    }

    [Fact]
    public async Task The_foot_of_the_sidebar_tells_what_is_received()
    {
        Assert.Equal("Waiting for the first event", await ReceivingAsync());

        for (var i = 0; i < 3; i++) await _server.PostAsync(_server.Browser, "/v1/events", Visit);
        Assert.Equal("Receiving, 0.3 events/s", await ReceivingAsync());

        _server.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("Quiet, last event 5m ago", await ReceivingAsync());
    }

    private async Task<string> CodeAsync(string question) =>
        (await _reader.OpenAsync("connect" + question))
            .QuerySelector("#connect pre")!.TextContent;

    private async Task<string> ReceivingAsync() =>
        (await _reader.OpenAsync("connect")).TextOf("#health");

    [GeneratedRegex(@"curl (?<address>\S+) (.|\n)*Bearer (?<key>\S+)""(.|\n)*-d '(?<body>[^']+)'")]
    private static partial Regex Curl();
}
