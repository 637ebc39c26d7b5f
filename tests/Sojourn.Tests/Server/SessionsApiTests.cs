using Sojourn.Events;
using Xunit;

namespace Sojourn.Tests.Server;

public sealed class SessionsApiTests
{
    private const string Phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
        + "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_has_its_common_part_and_the_lists_own_object()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(
            Some.Event("page_view", 0, user: "ada", context: new() { UserAgent = Phone }),
            Some.Event("demo_requested", 2.5, user: "ada", properties: """{"points":7}"""));

        var page = await server.GetAsync("/v1/sessions?lens=leads");

        var item = page["items"]![0]!.AsObject();
        Assert.Equal(
            [
                "id", "lens", "kind", "project", "person", "started", "last_event", "ended",
                "duration_ms", "events", "raw_events", "entry", "exit", "start_reason",
                "end_reason", "status", "device", "country", "source", "suppressed_by", "version",
                "archived", "lead",
            ],
            item.Select(member => member.Key));
        Assert.Equal("ada", (string?)item["person"]!["id"]);
        Assert.Equal("2026-03-02T10:00:00.000Z", (string?)item["started"]);
        Assert.Equal(150_000, (int)item["duration_ms"]!);
        Assert.Equal(("page_view", "demo_requested"),
            ((string?)item["entry"], (string?)item["exit"]));
        Assert.Equal("mobile", (string?)item["device"]);
        Assert.Equal(7, (int)item["lead"]!["points"]!);
    }

    [Fact]
    public async Task An_amount_is_a_decimal_with_its_currency()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event("checkout_updated", properties:
            """{"checkout_id":"c1","total":"49.95","currency":"USD"}"""));

        var page = await server.GetAsync("/v1/sessions?lens=checkouts");

        Assert.Equal("""{"amount":"49.95","currency":"USD"}""",
            page["items"]![0]!["checkout"]!["value"]!.ToJsonString());
    }

    [Fact]
    [Trait("Invariant", "I13")]
    public async Task Pages_together_show_every_session_once()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync([.. Enumerable.Range(0, 23)
            .Select(i => Some.Event(minute: i % 7, user: "user" + i))]);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await server.GetAsync("/v1/sessions?sort=-started&limit=5"
                + (cursor is null ? "" : "&cursor=" + cursor));
            Assert.Equal(23, (int)page["total"]!);
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        Assert.Equal(23, seen.Count);
        Assert.Equal(23, seen.Distinct().Count());
    }

    [Fact]
    [Trait("Invariant", "I13")]
    public async Task The_counts_of_a_field_add_up_to_the_total()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync([.. Enumerable.Range(0, 9)
            .Select(i => Some.Event(i % 3 == 0 ? "a" : "b", user: "user" + i))]);

        var page = await server.GetAsync("/v1/sessions?lens=leads");

        Assert.Equal("""{"b":6,"a":3}""", page["facets"]!["entry"]!.ToJsonString());
        Assert.True((bool)page["exact"]!);
        Assert.Equal(1, (int)page["as_of"]!["sequence"]!);
        Assert.Equal(Micros.ToText(Some.Us(0)), (string?)page["as_of"]!["now"]);
    }

    [Fact]
    public async Task The_list_is_also_at_the_short_address()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event());

        Assert.Equal(
            (await server.GetAsync("/v1/sessions")).ToJsonString(),
            (await server.GetAsync("/sessions")).ToJsonString());
    }

    [Fact]
    public async Task A_parameter_nobody_knows_is_named()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.GetAsync("/v1/sessions?colour=red", Cancel);
        var body = await TestServer.BodyOfAsync(answer);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("query_invalid", "colour"),
            ((string?)body["code"], (string?)body["field"]));
    }

    [Fact]
    public async Task One_session_comes_with_its_evidence_and_its_story()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(
            Some.Event("a", 0, id: "first"), Some.Event("b", 1, id: "second"));
        var id = (string)(await server.GetAsync("/v1/sessions"))["items"]![0]!["id"]!;

        var session = await server.GetAsync("/v1/sessions/" + id);
        var start = await server.GetAsync($"/v1/sessions/{id}/events?limit=1");
        var next = Uri.EscapeDataString((string)start["next"]!);
        var rest = await server.GetAsync($"/v1/sessions/{id}/events?limit=1&cursor={next}");

        Assert.Equal(2, (int)session["detail"]!["business_events"]!);
        Assert.Equal("first", (string?)start["items"]![0]!["id"]);
        Assert.Equal("second", (string?)rest["items"]![0]!["id"]);
    }

    [Fact]
    public async Task A_session_that_begins_earlier_now_is_found_under_its_old_name()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event("a", 10));
        var old = (string)(await server.GetAsync("/v1/sessions"))["items"]![0]!["id"]!;
        await server.TellAsync(Some.Event("late", 5));
        var now = (string)(await server.GetAsync("/v1/sessions"))["items"]![0]!["id"]!;

        using var whole = await server.Secret.GetAsync("/v1/sessions/" + old, Cancel);
        using var story = await server.Secret.GetAsync(
            $"/v1/sessions/{old}/events?limit=9", Cancel);

        Assert.Equal(308, (int)whole.StatusCode);
        Assert.Equal("/v1/sessions/" + now, whole.Headers.Location!.OriginalString);
        Assert.Equal(
            $"/v1/sessions/{now}/events?limit=9", story.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("v_AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nothing")]
    [InlineData("%2e%2e%2fv1")]
    public async Task A_session_nobody_knows_is_not_there(string id)
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.GetAsync("/v1/sessions/" + id, Cancel);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal("session_unknown", (string?)(await TestServer.BodyOfAsync(answer))["code"]);
    }

    [Fact]
    [Trait("Invariant", "I8")]
    public async Task Another_projects_sessions_are_not_there()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event(id: "mine"));
        var id = (string)(await server.GetAsync("/v1/sessions"))["items"]![0]!["id"]!;
        using var other = server.ClientOf((await server.CreateAsync("other")).SecretKey);

        foreach (var path in new[] { $"/v1/sessions/{id}", $"/v1/sessions/{id}/events" })
        {
            using var answer = await other.GetAsync(path, Cancel);
            Assert.Equal(404, (int)answer.StatusCode);
        }

        foreach (var path in new[] { "/v1/sessions?suppressed=all", "/v1/events", "/v1/refusals" })
        {
            using var answer = await other.GetAsync(path, Cancel);
            Assert.Empty((await TestServer.BodyOfAsync(answer))["items"]!.AsArray());
        }

        var (status, _) = await server.PostAsync(
            other, $"/v1/sessions/{id}/actions", """{"type":"note","text":"x"}""");
        Assert.Equal(404, status);
    }

    [Fact]
    public async Task A_preview_says_what_another_timeout_would_do_and_changes_nothing()
    {
        await using var server = await TestServer.StartAsync();
        await server.TellAsync(Some.Event(minute: 0), Some.Event(minute: 20));

        var (status, body) = await server.PostAsync(
            server.Secret, "/v1/resessionize/preview", """{"timeout":"15m"}""");

        Assert.Equal(200, status);
        Assert.Equal((1, 2, 1, 0), (
            (int)body["sessions_before"]!, (int)body["sessions_after"]!,
            (int)body["split"]!, (int)body["merged"]!));
        Assert.Equal(1, (int)(await server.GetAsync("/v1/sessions"))["total"]!);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"timeout":"soon"}""")]
    [InlineData("""{"timeout":"59s"}""")]
    [InlineData("""{"timeout":"25h"}""")]
    [InlineData("""{"timeout":"15m","more":1}""")]
    [InlineData("nonsense")]
    public async Task A_preview_of_no_timeout_is_refused(string json)
    {
        await using var server = await TestServer.StartAsync();

        var (status, body) = await server.PostAsync(
            server.Secret, "/v1/resessionize/preview", json);

        Assert.Equal((400, "timeout_invalid"), (status, (string?)body["code"]));
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_do_nothing_with_it()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var path in new[] { "/v1/sessions", "/nothing", "/health/live" })
        {
            using var answer = await server.Secret.GetAsync(path, Cancel);

            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.StartsWith("default-src 'none'",
                answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "not_found")]
    [InlineData("DELETE", "/v1/sessions", 405, "method_not_allowed")]
    public async Task An_address_or_method_nobody_serves_is_explained(
        string method, string path, int status, string code)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await server.Secret.SendAsync(request, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, (string?)(await TestServer.BodyOfAsync(answer))["code"]);
    }

    [Fact]
    public async Task The_document_lists_what_programs_may_use()
    {
        await using var server = await TestServer.StartAsync();

        var paths = (await server.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();

        Assert.Contains("/v1/sessions", paths.Select(path => path.Key));
        Assert.DoesNotContain(paths, path => path.Key.StartsWith("/control"));
        var names = paths["/v1/sessions"]!["get"]!["parameters"]!.AsArray()
            .Select(parameter => (string?)parameter!["name"]);
        Assert.Contains("duration_min", names);
    }
}
