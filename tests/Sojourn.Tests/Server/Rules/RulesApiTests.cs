using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Server.Rules;

/// <summary>Rules over HTTP: read, previewed, saved, explained.</summary>
public sealed class RulesApiTests
{
    private const string Pricing = """
        {"rules":[{"id":"p","name":"Prices","points":10,
          "when":{"events":["page_view"],
                  "where":[{"property":"path","is":"like","value":"/pricing*"}]}}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_project_has_the_shipped_rules()
    {
        await using var server = await TestServer.StartAsync();

        var sets = await server.GetAsync("/v1/rules");
        var journey = await server.GetAsync("/v1/rules/journey");

        Assert.Equal(
            [
                "scoring", "journey", "channels", "reasons", "recovery", "regions",
                "suppression",
            ],
            sets["items"]!.AsArray().Select(one => (string)one!["name"]!));
        Assert.Equal((0, true), ((int)journey["version"]!, (bool)journey["shipped"]!));
        Assert.Contains(
            journey["rules"]!["steps"]!.AsArray(), step => (string)step!["name"]! == "Pricing");
    }

    [Fact]
    public async Task A_saved_rule_scores_history_and_is_explained()
    {
        await using var server = await TestServer.StartAsync();
        var view = await ViewAsync(server, "/pricing", 0);

        var (status, saved) = await PutAsync(server, "/v1/scoring", 0, Pricing);

        Assert.Equal((200, 1), (status, (int)saved["version"]!));
        var row = (await server.GetAsync("/v1/sessions?lens=leads"))["items"]![0]!;
        Assert.Equal(10, (int)row["lead"]!["points"]!);
        var session = await server.GetAsync($"/v1/sessions/{row["id"]}?lens=leads");
        var award = session["detail"]!["awards"]![0]!;
        Assert.Equal((view.Id, "p"), ((string)award["event"]!, (string)award["rule"]!));
        Assert.Equal(1, (int)session["detail"]!["rules_version"]!["scoring"]!);
        var lead = await server.GetAsync("/v1/scoring/leads/ada");
        Assert.Equal((10, "cold"), ((int)lead["score"]!, (string)lead["level"]!));
        Assert.Equal(view.Id, (string)lead["visits"]![0]!["awards"]![0]!["event"]!);
    }

    [Fact]
    public async Task A_leads_score_now_has_decayed_since_the_last_event()
    {
        await using var server = await TestServer.StartAsync();
        await ViewAsync(server, "/pricing", 0);
        await PutAsync(server, "/v1/scoring", 0, Pricing.Replace(
            "{\"rules\"", "{\"half_life_days\":10,\"rules\"", StringComparison.Ordinal));

        server.Clock.Advance(TimeSpan.FromDays(10));

        Assert.Equal(5, (int)(await server.GetAsync("/v1/scoring/leads/ada"))["score"]!);
    }

    [Fact]
    public async Task A_preview_counts_and_writes_nothing()
    {
        await using var server = await TestServer.StartAsync();
        await ViewAsync(server, "/pricing", 0);
        await ViewAsync(server, "/", 1, "bob");

        var (status, preview) = await server.PostAsync(
            server.Secret, "/v1/scoring/preview", $$"""{"rules":{{Pricing}}}""");

        Assert.Equal(200, status);
        var leads = preview["leads"]!;
        Assert.Equal(
            (1, 0, 1, 5m),
            ((int)leads["up"]!, (int)leads["down"]!, (int)leads["unchanged"]!,
                (decimal)leads["mean_change"]!));
        Assert.Equal(0, (int)(await server.GetAsync("/v1/scoring"))["version"]!);
        var unscored = await server.GetAsync("/v1/sessions?lens=leads&points=0&person=ada");
        Assert.Equal(1, (int)unscored["total"]!);
    }

    [Fact]
    public async Task A_preview_of_suppression_says_how_many_sessions_it_hides()
    {
        await using var server = await TestServer.StartAsync();
        await ViewAsync(server, "/", 0);

        var (_, preview) = await server.PostAsync(
            server.Secret, "/v1/rules/suppression/preview",
            """
            {"rules":{"filters":[{"name":"us","when":{"where":[
              {"property":"user_id","is":"equals","value":"ada"}]}}]}}
            """);

        Assert.Equal(
            (0, 1),
            ((int)preview["suppressed_before"]!, (int)preview["suppressed_after"]!));
    }

    [Fact]
    public async Task Who_saves_second_is_told_and_nothing_is_lost()
    {
        await using var server = await TestServer.StartAsync();
        await PutAsync(server, "/v1/scoring", 0, Pricing);

        var (status, problem) = await PutAsync(server, "/v1/scoring", 0, """{"rules":[]}""");

        Assert.Equal((409, "rules_stale"), (status, (string)problem["code"]!));
        Assert.Equal(1, (int)problem["version"]!);
        Assert.Single((await server.GetAsync("/v1/scoring"))["rules"]!["rules"]!.AsArray());
    }

    [Fact]
    public async Task Every_version_is_kept_with_who_saved_it()
    {
        await using var server = await TestServer.StartAsync();
        await PutAsync(server, "/v1/scoring", 0, Pricing);
        await PutAsync(server, "/v1/scoring", 1, """{"rules":[]}""");

        var versions = (await server.GetAsync("/v1/scoring/versions"))["items"]!.AsArray();

        Assert.Equal([2, 1], versions.Select(one => (int)one!["version"]!));
        Assert.Single(versions[1]!["rules"]!["rules"]!.AsArray());
        Assert.NotEqual("", (string)versions[0]!["by"]!);
    }

    [Theory]
    [InlineData("\"points\":10", "\"points\":2.5", "points_not_whole", "rules.rules[0].points")]
    [InlineData("\"points\":10", "\"points\":0", "points_not_whole", "rules.rules[0].points")]
    [InlineData("\"id\":\"p\"", "\"id\":\"p\",\"cap\":3", "rule_never_matches",
        "rules.rules[0].cap")]
    [InlineData("\"id\":\"p\"", "\"id\":\"p\",\"colour\":3", "rule_invalid",
        "rules.rules[0].colour")]
    public async Task What_cannot_work_is_refused_by_place_and_nothing_is_saved(
        string good, string bad, string code, string field)
    {
        await using var server = await TestServer.StartAsync();

        var (status, problem) = await PutAsync(
            server, "/v1/scoring", 0, Pricing.Replace(good, bad, StringComparison.Ordinal));

        Assert.Equal(
            (422, code, field),
            (status, (string)problem["code"]!, (string?)problem["field"]));
        Assert.Equal(0, (int)(await server.GetAsync("/v1/scoring"))["version"]!);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"rules\":{},\"more\":1,\"version\":0}")]
    [InlineData("{\"rules\":{\"rules\":[]}}")]
    [InlineData("{")]
    public async Task A_body_without_rules_and_version_is_refused(string body)
    {
        await using var server = await TestServer.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await server.Secret.PutAsync("/v1/scoring", content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            "rules_unreadable", (string)(await TestServer.BodyOfAsync(answer))["code"]!);
    }

    [Fact]
    public async Task A_lead_nobody_knows_is_not_found()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.GetAsync("/v1/scoring/leads/nobody", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Rules_of_one_project_mean_nothing_to_another()
    {
        await using var server = await TestServer.StartAsync();
        await PutAsync(server, "/v1/scoring", 0, Pricing);
        var (_, _, secret) = await server.CreateAsync("other");

        using var other = server.ClientOf(secret);
        var scoring = JsonNode.Parse(await other.GetStringAsync("/v1/scoring", Cancel))!;

        Assert.Equal(0, (int)scoring["version"]!);
    }

    private static async Task<Event> ViewAsync(
        TestServer server, string path, double minute, string user = "ada")
    {
        var e = Some.Event("page_view", minute, user, context: new EventContext
        {
            Url = "https://x.example" + path,
        });
        await server.TellAsync(e);
        return e;
    }

    private static async Task<(int Status, JsonNode Body)> PutAsync(
        TestServer server, string path, int version, string rules)
    {
        using var content = new StringContent(
            $$"""{"version":{{version}},"rules":{{rules}}}""", Encoding.UTF8, "application/json");
        using var answer = await server.Secret.PutAsync(path, content, Cancel);
        return ((int)answer.StatusCode, await TestServer.BodyOfAsync(answer));
    }
}
