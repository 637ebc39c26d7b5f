using System.Net;
using Sojourn.Events;
using Sojourn.Server.Api;
using Sojourn.Tests.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>Rules on pages, as a browser without script sends them.</summary>
public sealed class ScoringPageTests
{
    [Fact]
    public async Task A_rule_is_previewed_and_nothing_is_saved()
    {
        await using var server = await TestServer.StartAsync();
        await TellAsync(server, "/pricing");
        using var visitor = await SignInAsync(server);

        var sent = await visitor.PostAsync(At(server, "scoring"), [.. Pricing, ("do", "preview")]);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Contains("What would change", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("Leads up</dt><dd>1</dd>", visitor.Text, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await server.GetAsync("/v1/scoring"))["version"]!);
    }

    [Fact]
    public async Task A_saved_rule_is_listed_and_scores_history()
    {
        await using var server = await TestServer.StartAsync();
        await TellAsync(server, "/pricing");
        using var visitor = await SignInAsync(server);

        var sent = await visitor.PostAsync(At(server, "scoring"), [.. Pricing, ("do", "save")]);

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        await visitor.GetAsync(At(server, "scoring"));
        Assert.Contains("Looked at prices", visitor.Text, StringComparison.Ordinal);
        var row = (await server.GetAsync("/v1/sessions?lens=leads"))["items"]![0]!;
        Assert.Equal(10, (int)row["lead"]!["points"]!);
    }

    [Fact]
    public async Task Points_with_a_fraction_are_refused_and_what_was_typed_stays()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await SignInAsync(server);
        var fields = Pricing.Select(one => one.Name == "points" ? ("points", "2.5") : one);

        var sent = await visitor.PostAsync(At(server, "scoring"), [.. fields, ("do", "save")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Contains("points_not_whole", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"2.5\"", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_about_an_event_nobody_sent_says_so()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await SignInAsync(server);
        var fields = Pricing.Select(one => one.Name == "events" ? ("events", "pgae_view") : one);

        await visitor.PostAsync(At(server, "scoring"), [.. fields, ("do", "preview")]);

        Assert.Contains("No event named pgae_view ever came in", visitor.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_is_brought_back()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await SignInAsync(server);
        await visitor.PostAsync(At(server, "scoring"), [.. Pricing, ("do", "save")]);
        await visitor.PostAsync(
            At(server, "scoring"), ("version", "1"), ("id", "looked_at_prices"), ("do", "delete"));

        await visitor.PostAsync(
            At(server, "scoring"), ("version", "2"), ("restore", "1"), ("do", "restore"));

        var scoring = await server.GetAsync("/v1/scoring");
        Assert.Equal(3, (int)scoring["version"]!);
        Assert.Equal("looked_at_prices", (string)scoring["rules"]!["rules"]![0]!["id"]!);
    }

    [Fact]
    public async Task Levels_are_changed()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await SignInAsync(server);

        await visitor.PostAsync(
            At(server, "scoring"), ("version", "0"), ("level_0", "New"), ("from_0", "0"),
            ("level_1", "Keen"), ("from_1", "40"), ("half_life_days", "14"), ("do", "levels"));

        var rules = (await server.GetAsync("/v1/scoring"))["rules"]!;
        Assert.Equal(14, (int)rules["half_life_days"]!);
        Assert.Equal(
            ["new", "keen"], rules["levels"]!.AsArray().Select(one => (string)one!["name"]!));
    }

    [Fact]
    [Trait("Threat", "D6")]
    public async Task A_viewer_reads_rules_and_changes_none()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddAccountAsync("vi@shop.example", Role.Viewer);
        using var visitor = await SignInAsync(server, "vi@shop.example");

        await visitor.GetAsync(At(server, "scoring"));
        var page = visitor.Text;
        await visitor.OpenAsync();
        var sent = await visitor.PostAsync(At(server, "scoring"), [.. Pricing, ("do", "save")]);

        Assert.DoesNotContain("Add a rule", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
    }

    [Fact]
    public async Task A_filter_hides_the_team_and_can_be_removed()
    {
        await using var server = await TestServer.StartAsync();
        await TellAsync(server, "/");
        using var visitor = await SignInAsync(server);
        var path = At(server, "settings/suppression");

        await visitor.PostAsync(
            path, ("version", "0"), ("part", "filter"), ("name", "team"), ("do", "save"),
            ("property_1", "user_id"), ("is_1", "equals"), ("value_1", "ada"));
        var hidden = await server.GetAsync("/v1/sessions?lens=leads&suppressed=only");
        await visitor.PostAsync(
            path, ("version", "1"), ("part", "remove"), ("name", "team"), ("do", "save"));

        Assert.Equal("team", (string)hidden["items"]![0]!["suppressed_by"]!);
        Assert.Equal(1, (int)(await server.GetAsync("/v1/sessions?lens=leads"))["total"]!);
    }

    [Fact]
    public async Task Rules_as_text_are_refused_by_their_place()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = await SignInAsync(server);

        var sent = await visitor.PostAsync(
            At(server, "settings/rules/journey"), ("version", "0"), ("do", "save"),
            ("json", """{"steps":[{"name":"x"}],"intents":[]}"""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.Status);
        Assert.Contains("steps[0]", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_panel_of_a_lead_shows_journey_intent_and_the_rule_of_each_point()
    {
        await using var server = await TestServer.StartAsync();
        await TellAsync(server, "/pricing");
        await server.TellAsync(Some.Event("demo_request", 2));
        using var visitor = await SignInAsync(server);
        await visitor.PostAsync(At(server, "scoring"), [.. Pricing, ("do", "save")]);
        using var reader = await Reader.SignInAsync(server);
        var id = (await server.GetAsync("/v1/sessions?lens=leads"))["items"]![0]!["id"]!;

        var page = await reader.OpenAsync($"leads/{id}");

        Assert.Equal(["Pricing", "Demo request"], page.TextsOf(".journey span"));
        Assert.Contains("Looked at prices", page.TextOf(".points-table tbody"));
        Assert.Contains("Converted", page.TextOf(".panel-bar .badge"));
    }

    private static (string Name, string Value)[] Pricing =>
    [
        ("version", "0"), ("id", ""), ("name", "Looked at prices"), ("events", "page_view"),
        ("property_1", "path"), ("is_1", "like"), ("value_1", "/pricing*"), ("points", "10"),
        ("dedupe", "always"), ("enabled", "on"),
    ];

    private static async Task<Visitor> SignInAsync(
        TestServer server, string email = TestServer.AdminEmail)
    {
        var visitor = new Visitor(server);
        await visitor.SignInAsync(email);
        await visitor.OpenAsync();
        return visitor;
    }

    private static string At(TestServer server, string path) => $"/p/{server.Project.Id}/{path}";

    private static Task TellAsync(TestServer server, string path) => server.TellAsync(Some.Event(
        context: new EventContext { Url = "https://x.example" + path }));
}
