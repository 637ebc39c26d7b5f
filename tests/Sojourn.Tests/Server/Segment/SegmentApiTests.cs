using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Xunit;
using static Sojourn.Tests.Server.Segment.SegmentRequests;

namespace Sojourn.Tests.Server.Segment;

/// <summary>Keys, statuses, limits and pages of other sites.</summary>
public sealed class SegmentApiTests : IAsyncLifetime
{
    private TestServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("t", "track", "x")]
    [InlineData("i", "identify", "identify")]
    [InlineData("p", "page", "page_view")]
    [InlineData("s", "screen", "screen_view")]
    [InlineData("g", "group", "group")]
    [InlineData("a", "alias", "alias")]
    public async Task A_message_alone_has_the_type_of_its_address(
        string letter, string word, string name)
    {
        foreach (var path in new[] { letter, word })
        {
            await TakenAsync(Post("/v1/" + path,
                $$"""{"messageId":"{{path}}","userId":"ada","event":"x"}""")
                .Basic(_server.WriteKey));
        }

        Assert.Equal([name, name], (await EventsAsync()).Select(e => (string?)e!["name"]));
    }

    [Theory]
    [InlineData("KEY:")]
    [InlineData("KEY")]
    [InlineData("KEY:password")]
    public async Task The_user_name_is_the_key(string credentials)
    {
        var text = credentials.Replace("KEY", _server.WriteKey);

        await TakenAsync(Post("/v1/batch", Batch()).With(
            "Authorization", "basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task The_type_of_the_body_does_not_matter(string contentType) =>
        await TakenAsync(Post("/v1/batch", Batch()).As(contentType).Basic(_server.WriteKey));

    [Fact]
    public async Task The_key_of_the_header_goes_before_that_of_the_body()
    {
        var (other, key, _) = await _server.CreateAsync("other");
        var more = $",\"writeKey\":\"{key}\"";

        await TakenAsync(Post("/v1/batch", Batch("in-shop", more)).Basic(_server.WriteKey));
        await TakenAsync(Post("/v1/batch", Batch("in-other", more)));

        Assert.Equal("in-shop", (string?)Assert.Single(await EventsAsync())!["id"]);
        var stored = await _server.Store.EventsAsync(other.Id, new(), Cancel);
        Assert.Equal("in-other", Assert.Single(stored.Items).Event.Id);
    }

    [Fact]
    public async Task The_key_of_a_message_serves_when_the_envelope_has_none()
    {
        var message = $$"""{"type":"page","userId":"ada","writeKey":"{{_server.WriteKey}}"}""";

        await TakenAsync(Post("/v1/batch", $$"""{"batch":[{{message}}]}"""));

        Assert.Single(await EventsAsync());
    }

    [Fact]
    public async Task A_batch_of_two_keys_is_refused()
    {
        var (status, body) = await RefusedAsync(Post("/v1/batch",
            """{"batch":[{"writeKey":"a"},{"writeKey":"b"}]}"""));

        Assert.Equal((400, "keys_differ"), (status, (string?)body["code"]));
    }

    [Fact]
    public async Task A_token_of_another_server_is_ignored_beside_a_key_in_the_body()
    {
        var more = $",\"writeKey\":\"{_server.WriteKey}\"";

        await TakenAsync(Post("/v1/batch", Batch("m1", more)).With("Authorization", "Bearer ey"));
        var (status, body) = await RefusedAsync(
            Post("/v1/batch", Batch()).With("Authorization", "Bearer ey"));

        Assert.Equal((401, "key_invalid"), (status, (string?)body["code"]));
    }

    [Theory]
    [InlineData("""{"batch":[]}""", "key_missing")]
    [InlineData("""{"batch":[],"writeKey":"nobody"}""", "key_invalid")]
    [InlineData("", "key_missing")]
    public async Task Without_a_known_key_nothing_is_taken(string json, string code)
    {
        var (status, body) = await RefusedAsync(Post("/v1/batch", json));

        Assert.Equal((401, code), (status, (string?)body["code"]));
    }

    [Fact]
    public async Task A_refusal_has_what_the_clients_show()
    {
        using var answer = await _server.Nobody.SendAsync(
            Post("/v1/batch", Batch()).Basic("nobody"), Cancel);

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var body = await TestServer.BodyOfAsync(answer);
        Assert.Equal("key_invalid", (string?)body["code"]);
        Assert.StartsWith("The key is not known. ", (string?)body["message"]);
        Assert.Equal((string?)body["message"], (string?)body["error"]);
    }

    [Fact]
    public async Task A_secret_key_is_refused_from_a_page_wherever_it_stands()
    {
        var more = $",\"writeKey\":\"{_server.SecretKey}\"";
        var (header, _) = await RefusedAsync(Post("/v1/batch", Batch())
            .Basic(_server.SecretKey).With("Origin", "https://a.test"));
        var (status, body) = await RefusedAsync(Post("/v1/batch", Batch("m1", more))
            .With("Origin", "https://a.test"));

        Assert.Equal((403, 403, "secret_key_in_browser"), (header, status, (string?)body["code"]));
        Assert.Empty(await EventsAsync());
    }

    [Fact]
    [Trait("Invariant", "I3")]
    public async Task Sending_again_changes_nothing()
    {
        for (var sent = 0; sent < 3; sent++)
        {
            await TakenAsync(Post("/v1/batch",
                Batch("m1", $",\"sentAt\":\"2026-03-02T10:00:0{sent}Z\""))
                .Basic(_server.WriteKey).With("X-Retry-Count", $"{sent}"));
        }

        Assert.Single(await EventsAsync());
    }

    [Fact]
    [Trait("Invariant", "I11")]
    public async Task A_bad_message_of_a_batch_is_dropped_counted_and_listed()
    {
        await TakenAsync(Post("/v1/batch", """
            {"batch":[{"type":"page","messageId":"good","userId":"ada"},
             {"type":"track","messageId":"bad","userId":"ada","properties":{"a":1}}]}
            """).Basic(_server.SecretKey));

        Assert.Equal("good", (string?)Assert.Single(await EventsAsync())!["id"]);
        var refusals = await _server.GetAsync("/v1/refusals");
        Assert.Equal(1, (int)refusals["counts"]!["name_missing"]!);
        Assert.Equal(
            (1, "bad", "event"),
            ((int)refusals["items"]![0]!["index"]!, (string?)refusals["items"]![0]!["id"],
                (string?)refusals["items"]![0]!["field"]));
    }

    [Fact]
    public async Task A_bad_message_alone_is_answered_with_its_reason()
    {
        var (status, body) = await RefusedAsync(
            Post("/v1/track", """{"messageId":"m1","userId":"ada"}""").Basic(_server.WriteKey));

        Assert.Equal((400, "name_missing", "event"),
            (status, (string?)body["code"], (string?)body["field"]));
    }

    [Theory]
    [InlineData("[{", "json_invalid")]
    [InlineData("[]", "json_not_object")]
    [InlineData("{}", "no_events")]
    [InlineData("""{"batch":{}}""", "type_wrong")]
    [InlineData("""{"batch":[],"batch":[]}""", "duplicate_key")]
    public async Task A_body_that_is_no_batch_is_refused_for_good(string json, string code)
    {
        var (status, body) = await RefusedAsync(
            Post("/v1/batch", json).Basic(_server.WriteKey));

        Assert.Equal((400, code), (status, (string?)body["code"]));
        Assert.Equal(1, (int)(await _server.GetAsync("/v1/refusals"))["counts"]![code]!);
    }

    [Fact]
    public async Task An_empty_batch_is_no_fault() =>
        await TakenAsync(Post("/v1/batch", """{"batch":[]}""").Basic(_server.WriteKey));

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_batch_over_the_limit_is_refused_for_good(bool gzipped, bool chunked)
    {
        var request = Post("/v1/batch", Batch("m1", new string(' ', 512_000)))
            .Basic(_server.WriteKey);
        request = gzipped ? request.Gzipped() : request;
        request.Headers.TransferEncodingChunked = chunked;

        var (status, body) = await RefusedAsync(request);

        Assert.Equal((400, "batch_too_large"), (status, (string?)body["code"]));
    }

    [Fact]
    public async Task A_body_beyond_what_the_server_reads_at_all_is_refused_alike()
    {
        var (status, body) = await RefusedAsync(
            Post("/v1/batch", new string(' ', 1_100_000)).Basic(_server.WriteKey));

        Assert.Equal((400, "batch_too_large"), (status, (string?)body["code"]));
    }

    [Fact]
    public async Task A_batch_of_the_largest_size_is_taken()
    {
        var empty = Batch("m1", "");

        await TakenAsync(
            Post("/v1/batch", empty + new string(' ', 512_000 - Encoding.UTF8.GetByteCount(empty)))
                .Basic(_server.WriteKey));
    }

    [Fact]
    [Trait("Invariant", "I9")]
    public async Task When_the_disk_fails_the_client_is_told_to_send_again()
    {
        _server.Store.CommitFault = () => throw new SqliteException("disk I/O error", 10);

        using var answer = await _server.Nobody.SendAsync(
            Post("/v1/batch", Batch()).Basic(_server.WriteKey), Cancel);

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal("30", answer.Headers.GetValues("Retry-After").Single());
        Assert.NotNull((await TestServer.BodyOfAsync(answer))["message"]);
    }

    private async Task TakenAsync(HttpRequestMessage request)
    {
        using var answer = await _server.Nobody.SendAsync(request, Cancel);
        Assert.Equal(
            (200, """{"success":true}"""),
            ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel)));
    }

    private async Task<(int Status, JsonNode Body)> RefusedAsync(HttpRequestMessage request)
    {
        using var answer = await _server.Nobody.SendAsync(request, Cancel);
        return ((int)answer.StatusCode, await TestServer.BodyOfAsync(answer));
    }

    private async Task<JsonArray> EventsAsync() =>
        (await _server.GetAsync("/v1/events"))["items"]!.AsArray();
}
