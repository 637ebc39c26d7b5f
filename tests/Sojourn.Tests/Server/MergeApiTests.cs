using System.Text.Json.Nodes;
using Sojourn.Events;
using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>Merging people over HTTP: previewed, done, undone, refused with reasons.</summary>
public sealed class MergeApiTests : IAsyncLifetime
{
    private TestServer _server = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.TellAsync(
            Some.Event("identify", user: "ada", properties: """{"email":"a@x.org"}"""),
            Some.Event("identify", minute: 5, user: "old/1", properties: """
                {"email":"Old@x.org"}
                """),
            On("kiosk", Some.Event(minute: 400, user: "eve")),
            On("kiosk", Some.Event(minute: 401, user: "bo")),
            On("web", Some.Event(minute: 500, user: "liar", trust: Trust.Claimed)),
            Some.Event(minute: 600, device: "phone"),
            Some.Event(minute: 700, device: "tablet"));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_preview_tells_what_a_merge_then_does_and_an_undo_takes_back()
    {
        var preview = await DoneAsync("ada/merge/preview", """{"with":"old/1"}""");
        Assert.Equal("ada", await PersonAsync("ada"));
        Assert.Equal("old/1", await PersonAsync("old%2F1"));

        var merged = await DoneAsync("ada/merge", """{"with":"old/1"}""");
        var after = await _server.GetAsync("/v1/people/ada");
        await DoneAsync("ada/merge/undo", $$"""{"alias_id":"{{merged["alias_id"]}}"}""");

        Assert.Equal(
            """{"person":"ada","sessions_before":2,"sessions_after":1,"joined_total":1}""",
            Without(preview, "joined", "moved"));
        Assert.Equal(
            ["ada", "old/1"],
            preview["joined"]![0]!.AsArray().Select(one => (string?)one!["person"]));
        Assert.Equal(
            """[{"form":"user","id":"old/1"}]""", preview["moved"]!.ToJsonString());
        Assert.Equal("ada", (string?)merged["person"]);
        Assert.Equal(1, (int)after["sessions"]!["leads"]!);
        Assert.Equal("staff", (string?)after["aliases"]![0]!["event"]!["trust"]);
        Assert.Equal("old/1", await PersonAsync("old%2F1"));
        Assert.Equal(1, (int)(await _server.GetAsync("/v1/people/ada"))["sessions"]!["leads"]!);
    }

    [Fact]
    public async Task The_other_may_be_named_by_mail_and_a_user_is_kept_before_a_device()
    {
        Assert.Equal(
            "ada", (string?)(await DoneAsync("ada/merge", """{"with":"old@X.org"}"""))["person"]);
        Assert.Equal(
            "ada", (string?)(await DoneAsync("phone/merge", """{"with":"old/1"}"""))["person"]);
    }

    [Fact]
    public async Task Merging_again_after_an_undo_is_a_new_alias()
    {
        var first = await DoneAsync("ada/merge", """{"with":"phone"}""");
        await DoneAsync("ada/merge/undo", $$"""{"alias_id":"{{first["alias_id"]}}"}""");

        var second = await DoneAsync("ada/merge", """{"with":"phone"}""");

        Assert.NotEqual((string?)first["alias_id"], (string?)second["alias_id"]);
        Assert.Equal(2, (await _server.GetAsync("/v1/people/ada"))["identities"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("nobody/merge", """{"with":"ada"}""", 404, "person_unknown")]
    [InlineData("ada/merge", """{"with":"nobody@x.org"}""", 404, "person_unknown")]
    [InlineData("ada/merge", """{"with":"ada"}""", 422, "merge_same_person")]
    [InlineData("ada/merge", """{"with":"kiosk"}""", 422, "merge_device_shared")]
    [InlineData("ada/merge", """{"with":"web"}""", 422, "merge_only_claimed")]
    [InlineData("phone/merge/preview", """{"with":"tablet"}""", 422, "merge_needs_user")]
    [InlineData("ada/merge", """{"with":""}""", 400, "merge_invalid")]
    [InlineData("ada/merge", """{"with":"old/1","and":1}""", 400, "merge_invalid")]
    [InlineData("ada/merge", "null", 400, "merge_invalid")]
    [InlineData("ada/merge/undo", "{}", 400, "merge_invalid")]
    [InlineData("ada/merge/undo", """{"alias_id":"none"}""", 404, "alias_unknown")]
    public async Task What_cannot_be_merged_is_said_so(
        string path, string body, int status, string code)
    {
        var answer = await _server.PostAsync(_server.Secret, "/v1/people/" + path, body);

        Assert.Equal((status, code), (answer.Status, (string?)answer.Body["code"]));
        Assert.Empty((await _server.GetAsync("/v1/people/ada"))["aliases"]!.AsArray());
    }

    [Fact]
    public async Task Who_is_one_person_already_is_not_merged_or_parted_twice()
    {
        var merged = await DoneAsync("ada/merge", """{"with":"old/1"}""");
        var undo = $$"""{"alias_id":"{{merged["alias_id"]}}"}""";

        Assert.Equal("merge_done_already", await RefusedAsync("ada/merge", """{"with":"old/1"}"""));
        Assert.Equal("alias_unknown", await RefusedAsync("eve/merge/undo", undo));
        await DoneAsync("ada/merge/undo", undo);
        Assert.Equal("alias_undone_already", await RefusedAsync("ada/merge/undo", undo));
    }

    [Fact]
    public async Task An_alias_that_a_program_sent_is_not_undone_here()
    {
        await _server.TellAsync(Some.Event("alias", minute: 9, id: "sent", user: "ada",
            properties: """{"previous_id":"old/1"}"""));

        Assert.Equal(
            "alias_not_by_staff", await RefusedAsync("ada/merge/undo", """{"alias_id":"sent"}"""));
    }

    [Fact]
    public async Task Several_people_with_one_mail_are_not_guessed_between()
    {
        await _server.TellAsync(
            Some.Event("identify", minute: 800, user: "twin", properties: """
                {"email":"old@x.org"}
                """));

        Assert.Equal(
            "merge_mail_ambiguous", await RefusedAsync("ada/merge", """{"with":"old@x.org"}"""));
    }

    [Fact]
    public async Task Who_may_only_read_does_not_merge()
    {
        using var viewer = new Accounts.Visitor(_server);
        await _server.AddAccountAsync("vera@shop.example", Role.Viewer);
        await viewer.SignInAsync("vera@shop.example");

        await viewer.OpenAsync();

        var (_, answer) = await viewer.SendAsync(
            HttpMethod.Post,
            "/v1/people/ada/merge?project=" + _server.Project.Id,
            """{"with":"old/1"}""");

        Assert.Equal("forbidden", (string?)JsonNode.Parse(answer)!["code"]);
        Assert.Equal("old/1", await PersonAsync("old%2F1"));
    }

    private async Task<JsonNode> DoneAsync(string path, string body)
    {
        var (status, answer) = await _server.PostAsync(
            _server.Secret, "/v1/people/" + path, body);
        Assert.True(status == 200, answer.ToJsonString());
        return answer;
    }

    private async Task<string?> RefusedAsync(string path, string body) => (string?)(
        await _server.PostAsync(_server.Secret, "/v1/people/" + path, body)).Body["code"];

    private async Task<string?> PersonAsync(string id) =>
        (string?)(await _server.GetAsync("/v1/people/" + id))["id"];

    private static string Without(JsonNode node, params string[] names)
    {
        var copy = node.DeepClone().AsObject();
        foreach (var name in names)
            copy.Remove(name);
        return copy.ToJsonString();
    }

    private static Event On(string device, Event e) => e with { AnonymousId = device };
}
