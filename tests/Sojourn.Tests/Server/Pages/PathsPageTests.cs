using System.Globalization;
using System.Net;
using Sojourn.Events;
using Sojourn.Ingest.Files;
using Sojourn.Tests.Ingest;
using Sojourn.Tests.Paths;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>The page of conversion paths shows no number that its list does not prove.</summary>
public sealed class PathsPageTests : IAsyncLifetime
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

    [Theory]
    [InlineData("")]
    [InlineData("?within=7d&columns=7&goal=Demo%20request&goal=Contact%20form")]
    [InlineData("?from=2026-02-10&to=2026-02-24&columns=3&channel=email&channel=search")]
    [InlineData("?within=30d&suppressed=all&columns=5&entry=page_view")]
    public async Task Every_number_leads_to_a_list_of_just_so_many(string question)
    {
        await _server.TellAsync(PathWorld.Events(visits: 400));

        await ProveAsync("paths" + question);
    }

    [Fact]
    public async Task So_it_is_with_the_log_of_a_real_site()
    {
        await _server.TellAsync(
        [
            .. RealData.Lines("apache-log/apache_logs.log", FileFormat.Apache)
                .Select(line => line.Event).OfType<Event>(),
        ]);

        await ProveAsync("paths?from=2015-05-17&to=2015-05-21&columns=5");
    }

    [Fact]
    public async Task Entry_points_tell_how_their_sessions_converted()
    {
        await _server.TellAsync(
        [
            .. PathWorld.Visit("ada", minute: -600, "email_click", "/pricing", "demo_request"),
            .. PathWorld.Visit("bob", minute: -900, "email_click", "/blog/a"),
            .. PathWorld.Visit("eve", minute: -1200, "/blog/a", "/blog/b", "/docs"),
        ]);

        var page = await _reader.OpenAsync("paths?within=30d");

        Assert.Equal(
            ["email_click", "page_view"],
            page.TextsOf("section[aria-labelledby=entries] tbody th"));
        Assert.Equal(
            ["2", "1", "50.0%", "—", "2", "1m 00s", "2m 00s"],
            page.TextsOf("section[aria-labelledby=entries] tbody tr:first-child td"));
        Assert.Equal("3 sessions, 1 converted", page.TextOf("#page-total"));
    }

    [Fact]
    public async Task A_week_outside_the_band_is_named_with_its_sessions()
    {
        await _server.TellAsync(
        [
            .. from week in Enumerable.Range(1, 9)
               from one in Enumerable.Range(0, 4)
               from e in PathWorld.Visit(
                   $"w{week}-{one}", -week * 10_080 + one * 60,
                   week == 4 ? ["/pricing"] : ["/a", "/b", "/c", "/d"])
               select e,
        ]);

        var page = await _reader.OpenAsync("paths");

        var line = Assert.Single(page.QuerySelectorAll("[aria-labelledby=events] .drop-line"));
        Assert.Contains("Week of 2 Feb 2026: 1, −75% against the median.", line.TextContent);
        Assert.Contains("See the 4 sessions", line.TextContent);
    }

    [Fact]
    public async Task A_period_that_ends_before_it_begins_shows_why_and_no_number()
    {
        await _server.TellAsync(PathWorld.Events(visits: 20));

        var page = await _reader.OpenAsync(
            "paths?from=2026-03-01&to=2026-02-01", HttpStatusCode.BadRequest);

        Assert.Contains("The period ends before it begins.", page.TextOf("#notices"));
        Assert.Empty(page.QuerySelectorAll("[data-proves], .block"));
    }

    [Theory]
    [InlineData("?columns=2")]
    [InlineData("?columns=8")]
    [InlineData("?within=5d")]
    [InlineData("?within=7d&within=30d")]
    [InlineData("?from=soon")]
    [InlineData("?from=2020-01-01&to=2026-01-01")]
    [InlineData("?step_1=Pricing")]
    [InlineData("?suppressed=maybe")]
    public async Task What_is_not_understood_is_said(string question)
    {
        var page = await _reader.OpenAsync("paths" + question, HttpStatusCode.BadRequest);

        Assert.NotEqual("", page.TextOf("#notices"));
        Assert.Empty(page.QuerySelectorAll("[data-proves]"));
    }

    [Fact]
    public async Task The_list_says_which_steps_it_is_about_and_keeps_them()
    {
        await _server.TellAsync(PathWorld.Visit("ada", minute: 0, "/pricing", "/blog/a"));

        var page = await _reader.OpenAsync("leads?step_1=Pricing&step_3=");

        Assert.Equal(["Step 1: Pricing", "No step 3"], page.TextsOf("#applied .chip"));
        Assert.Equal(
            ["step_1=Pricing", "step_3="],
            page.QuerySelectorAll("#filters input[type=hidden]")
                .Select(one => $"{one.GetAttribute("name")}={one.GetAttribute("value")}"));
        Assert.Equal(_reader.At("paths"), page.LinkOf(".view-switch a[href$=paths]"));
    }

    [Fact]
    public async Task A_project_without_sessions_says_so()
    {
        var page = await _reader.OpenAsync("paths");

        Assert.Single(page.QuerySelectorAll("#no-match"));
    }

    private async Task ProveAsync(string path)
    {
        var page = await _reader.OpenAsync(path);
        var figures = page.QuerySelectorAll("a[data-proves]")
            .Select(one => (
                Address: one.GetAttribute("href")!,
                Count: long.Parse(one.GetAttribute("data-proves")!, CultureInfo.InvariantCulture)))
            .Distinct()
            .ToList();
        Assert.True(figures.Count > 20, $"There are only {figures.Count} numbers.");

        var wrong = new List<string>();
        foreach (var (address, count) in figures)
        {
            var list = await _reader.FollowAsync(address);
            var shown = list.QuerySelector("#applied b")?.TextContent.Replace(",", "")
                ?? "no list";
            if (shown != count.ToString(CultureInfo.InvariantCulture)
                || list.QuerySelector("#notices .notice") is not null)
            {
                wrong.Add($"{count} but {shown} at {address}");
            }
        }

        Assert.Empty(wrong);
    }
}
