using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Sojourn.Tests.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>Merging on a person's page, without script; and how their score went.</summary>
public sealed class MergePageTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.
    private Visitor _visitor = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _visitor = new Visitor(_server);
        await _visitor.SignInAsync();
        await _server.TellAsync(
            Some.Event(user: "ada"),
            Some.Event(minute: 5, user: "old/1"),
            Some.Event("order_submitted", minute: 200, user: "ada"));
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_preview_shows_what_would_move_and_changes_nothing()
    {
        var page = await OpenAsync("people/ada?with=old%2F1");

        Assert.Equal(["User old/1"], page.TextsOf(".merge-ids li"));
        Assert.Equal("3 → 2 visits", page.TextOf("#merge-counts"));
        var links = page.QuerySelectorAll(".merge-joined a").ToList();
        Assert.Equal(2, links.Count);
        Assert.Equal(
            HttpStatusCode.OK, await _visitor.GetAsync(links[1].GetAttribute("href")!));
        Assert.Equal("old/1", (await OpenAsync("people/old%2F1")).TextOf("h1"));
    }

    [Fact]
    public async Task Merging_leads_to_the_one_person_with_an_undo_that_works()
    {
        var preview = await OpenAsync("people/ada?with=old%2F1");
        await SendAsync(preview.QuerySelector("#merge-preview form")!);
        var merged = await OpenAsync("people/ada");
        Assert.Equal("Merged: they are one person now.", merged.TextOf(".toast span"));
        Assert.Equal(["Visit", "Visit"], merged.TextsOf("#story h2"));

        await SendAsync(merged.QuerySelector(".toast form")!);

        var apart = await OpenAsync("people/old%2F1");
        Assert.Equal("Undone: they are two people again.", apart.TextOf(".toast span"));
        Assert.Equal("old/1", apart.TextOf("h1"));
    }

    [Fact]
    public async Task An_undo_stays_beside_what_staff_joined_and_only_that()
    {
        await _server.TellAsync(Some.Event("alias", minute: 6, user: "ada",
            properties: """{"previous_id":"before"}"""));
        var preview = await OpenAsync("people/ada?with=old%2F1");
        await SendAsync(preview.QuerySelector("#merge-preview form")!);
        await OpenAsync("people/ada"); // Takes the message away.

        var form = Assert.Single(
            (await OpenAsync("people/ada")).QuerySelectorAll(".undo-merge"));
        await SendAsync(form);

        var page = await OpenAsync("people/ada");
        Assert.Empty(page.QuerySelectorAll(".person-facts .undo-merge"));
        Assert.Equal("old/1", (await OpenAsync("people/old%2F1")).TextOf("h1"));
    }

    [Theory]
    [InlineData("nobody", "There is no such person in this project.")]
    [InlineData("ada", "Both ids are the same.")]
    public async Task Why_it_cannot_be_is_said_beside_the_field(string with, string why)
    {
        var page = await OpenAsync("people/ada?with=" + with);

        Assert.Equal(why, page.TextOf("#merge-fault"));
        Assert.Equal("merge-fault", page.QuerySelector("#with")!.GetAttribute("aria-describedby"));
        Assert.Null(page.QuerySelector("#merge-preview"));
    }

    [Fact]
    public async Task A_forged_merge_is_refused()
    {
        await OpenAsync("people/ada");
        _visitor.Csrf = "forged";

        var sent = await _visitor.PostAsync(At("people/ada/merge"), ("with", "old/1"));

        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        Assert.Equal("old/1", (await OpenAsync("people/old%2F1")).TextOf("h1"));
    }

    [Fact]
    public async Task The_score_history_tells_points_score_and_level_after_each_visit()
    {
        using var rules = new StringContent(
            """
            {"version":0,"rules":{"half_life_days":30,
            "levels":[{"name":"cold","from":0},{"name":"very_hot","from":20}],
            "rules":[
            {"id":"v","name":"Views","points":5,"when":{"events":["page_view"]}},
            {"id":"o","name":"Orders","points":20,"when":{"events":["order_submitted"]}}]}}
            """,
            System.Text.Encoding.UTF8,
            "application/json");
        using var saved = await _server.Secret.PutAsync(
            "/v1/scoring", rules, TestContext.Current.CancellationToken);
        Assert.True(saved.IsSuccessStatusCode);

        var page = await OpenAsync("people/ada");

        Assert.Equal(
            [["+20", "25", "Very hot"], ["+5", "5", "Cold"]],
            page.QuerySelectorAll(".score-table tbody tr").Select(row =>
                row.QuerySelectorAll("td").Skip(1).Select(cell => cell.TextContent).ToArray()));
        var session = page.QuerySelector(".score-table a")!.GetAttribute("href")!;
        Assert.NotNull(page.QuerySelector(".story-item" + session));
    }

    private string At(string path) => $"/p/{_server.Project.Id}/{path}";

    private async Task<IHtmlDocument> OpenAsync(string path)
    {
        Assert.Equal(HttpStatusCode.OK, await _visitor.GetAsync(At(path)));
        _visitor.Csrf = Visitor.CsrfOf(_visitor.Text);
        return await new HtmlParser().ParseDocumentAsync(
            _visitor.Text, TestContext.Current.CancellationToken);
    }

    private async Task SendAsync(IElement form)
    {
        var fields = form.QuerySelectorAll("input[name]:not([name=csrf])")
            .Select(one => (one.GetAttribute("name")!, one.GetAttribute("value")!));
        await _visitor.PostAsync(form.GetAttribute("action")!, [.. fields]);
    }
}
