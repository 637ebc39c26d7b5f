using Xunit;

namespace Sojourn.Tests.Server;

public sealed class ActionsApiTests
{
    [Fact]
    public async Task An_allowed_move_is_shown_at_once()
    {
        await using var server = await TestServer.StartAsync();
        var path = await AbandonedAsync(server);

        var (status, body) = await server.PostAsync(
            server.Secret, path, """{"type":"status","to":"contacted","version":0}""");

        Assert.Equal((200, "contacted", 1),
            (status, (string?)body["status"], (int)body["version"]!));
        var listed = await server.GetAsync("/v1/sessions?lens=checkouts&status=contacted");
        Assert.Equal(1, (int)listed["total"]!);
    }

    [Fact]
    [Trait("Invariant", "I6")]
    public async Task Who_comes_second_is_told_who_was_first_with_what_and_when()
    {
        await using var server = await TestServer.StartAsync();
        var path = await AbandonedAsync(server);
        await server.PostAsync(
            server.Secret, path, """{"type":"status","to":"contacted","version":0}""");

        var (status, body) = await server.PostAsync(
            server.Secret, path, """{"type":"status","to":"lost","version":0}""");

        Assert.Equal((409, "version_stale"), (status, (string?)body["code"]));
        Assert.Equal(1, (int)body["version"]!);
        var latest = body["latest"]!;
        Assert.Equal(("secret key", "status", "contacted", "2026-03-02T10:30:00.000Z"), (
            (string?)latest["actor"], (string?)latest["type"], (string?)latest["to"],
            (string?)latest["at"]));
    }

    [Theory]
    [InlineData("""{"type":"status","to":"recovered"}""", 422, "transition_not_allowed")]
    [InlineData("""{"type":"status"}""", 422, "transition_not_allowed")]
    [InlineData("""{"type":"dance"}""", 422, "action_unknown")]
    [InlineData("""{"to":"lost"}""", 400, "action_invalid")]
    [InlineData("""{"type":"note","text":"x","admin":true}""", 400, "action_invalid")]
    [InlineData("""{"type":"note","version":"0"}""", 400, "action_invalid")]
    [InlineData("""{"type":"note","type":"status"}""", 400, "action_invalid")]
    [InlineData("[]", 400, "action_invalid")]
    [InlineData("", 400, "action_invalid")]
    public async Task What_is_not_allowed_is_refused_and_changes_nothing(
        string json, int expected, string code)
    {
        await using var server = await TestServer.StartAsync();
        var path = await AbandonedAsync(server);

        var (status, body) = await server.PostAsync(server.Secret, path, json);

        Assert.Equal((expected, code), (status, (string?)body["code"]));
        var session = (await server.GetAsync("/v1/sessions?lens=checkouts"))["items"]![0]!;
        Assert.Equal(0, (int)session["version"]!);
    }

    [Fact]
    public async Task A_note_is_part_of_the_story()
    {
        await using var server = await TestServer.StartAsync();
        var path = await AbandonedAsync(server);
        await server.PostAsync(server.Secret, path, """{"type":"note","text":"called"}""");

        var story = await server.GetAsync(path.Replace("/actions", "/events"));

        var action = Assert.Single(story["actions"]!.AsArray())!;
        Assert.Equal(("note", "called"), ((string?)action["type"], (string?)action["text"]));
    }

    [Fact]
    public async Task An_archived_session_leaves_the_list_until_it_is_asked_for()
    {
        await using var server = await TestServer.StartAsync();
        var path = await AbandonedAsync(server);
        await server.PostAsync(server.Secret, path, """{"type":"archive"}""");

        var hidden = await server.GetAsync("/v1/sessions?lens=checkouts");
        var shown = await server.GetAsync("/v1/sessions?lens=checkouts&archived=true");

        Assert.Equal((0, 1), ((int)hidden["total"]!, (int)shown["total"]!));
    }

    private static async Task<string> AbandonedAsync(TestServer server)
    {
        await server.TellAsync(Some.Event(
            "checkout_started", user: "ada", properties: """{"checkout_id":"c1"}"""));
        server.Clock.Advance(TimeSpan.FromMinutes(30));
        var page = await server.GetAsync("/v1/sessions?lens=checkouts&status=abandoned");
        return $"/v1/sessions/{(string)page["items"]![0]!["id"]!}/actions";
    }
}
