using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Data.Sqlite;
using Sojourn.Server.Api;
using Xunit;

namespace Sojourn.Tests.Server;

public sealed class EventsApiTests
{
    private const string One =
        """[{"id":"e1","name":"page_view","person_id":"ada","time":"2026-03-02T10:00:00Z"}]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Invariant", "I5")]
    public async Task An_accepted_event_can_be_asked_for_at_once()
    {
        await using var server = await TestServer.StartAsync();

        var (status, body) = await server.PostAsync(server.Secret, "/v1/events", One);

        Assert.Equal(200, status);
        Assert.Equal("""{"accepted":1,"duplicates":0,"rejected":[]}""", body.ToJsonString());
        Assert.Equal(1, (int)(await server.GetAsync("/v1/sessions"))["total"]!);
        var stored = (await server.GetAsync("/v1/events"))["items"]![0]!;
        Assert.Equal(("e1", "verified"), ((string?)stored["id"], (string?)stored["trust"]));
    }

    [Fact]
    [Trait("Invariant", "I3")]
    public async Task Sending_again_changes_nothing()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync(server.Secret, "/v1/events", One);

        var (status, body) = await server.PostAsync(server.Secret, "/v1/events", One);

        Assert.Equal(200, status);
        Assert.Equal((0, 1), ((int)body["accepted"]!, (int)body["duplicates"]!));
    }

    [Fact]
    public async Task Another_event_with_the_same_id_is_told_and_the_first_stays()
    {
        await using var server = await TestServer.StartAsync();
        await server.PostAsync(server.Secret, "/v1/events", One);

        var (status, body) = await server.PostAsync(
            server.Secret, "/v1/events", One.Replace("page_view", "other"));

        Assert.Equal((422, "id_conflict"), (status, (string?)body["code"]));
        Assert.Equal("e1", (string?)body["rejected"]![0]!["id"]);
        var stored = (await server.GetAsync("/v1/events"))["items"]!.AsArray();
        Assert.Equal("page_view", (string?)Assert.Single(stored)!["name"]);
    }

    [Fact]
    public async Task What_is_good_is_stored_and_what_is_not_is_listed()
    {
        await using var server = await TestServer.StartAsync();

        var (status, body) = await server.PostAsync(server.Secret, "/v1/events", """
            [{"id":"a","name":"x","person_id":"p"},{"id":"b","person_id":"p"}]
            """);

        Assert.Equal((200, 1), (status, (int)body["accepted"]!));
        Assert.Equal(
            """{"index":1,"id":"b","code":"name_missing","field":"name"}""",
            body["rejected"]![0]!.ToJsonString());
        var refusals = await server.GetAsync("/v1/refusals");
        Assert.Equal(1, (int)refusals["counts"]!["name_missing"]!);
        Assert.Equal("b", (string?)refusals["items"]![0]!["id"]);
    }

    [Theory]
    [InlineData("""[{"id":"b","person_id":"p"}]""", 422, "name_missing")]
    [InlineData("[]", 422, "no_events")]
    [InlineData("""{"events":[]}""", 422, "no_events")]
    [InlineData("[{", 400, "json_invalid")]
    [InlineData("7", 400, "json_not_object")]
    public async Task A_body_of_which_nothing_was_taken_says_why(
        string json, int expected, string code)
    {
        await using var server = await TestServer.StartAsync();

        var (status, body) = await server.PostAsync(server.Secret, "/v1/events", json);

        Assert.Equal((expected, code), (status, (string?)body["code"]));
        Assert.NotEmpty((string?)body["hint"] ?? "");
        Assert.NotEmpty((string?)body["trace_id"] ?? "");
    }

    [Fact]
    public async Task A_cursor_of_somewhere_else_is_refused()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.GetAsync("/v1/events?cursor=nonsense", Cancel);

        var problem = await TestServer.BodyOfAsync(answer);
        Assert.Equal(
            (400, "query_invalid", "cursor"),
            ((int)answer.StatusCode, (string?)problem["code"], (string?)problem["field"]));
    }

    [Fact]
    public async Task Events_of_a_write_key_are_only_claimed()
    {
        await using var server = await TestServer.StartAsync();

        await server.PostAsync(server.Browser, "/v1/events", One);

        var stored = (await server.GetAsync("/v1/events"))["items"]![0]!;
        Assert.Equal("claimed", (string?)stored["trust"]);
    }

    [Fact]
    public async Task A_write_key_may_stand_in_the_address_and_a_secret_key_may_not()
    {
        await using var server = await TestServer.StartAsync();

        var (written, _) = await server.PostAsync(
            server.Nobody, "/v1/events?key=" + server.WriteKey, One);
        var (refused, body) = await server.PostAsync(
            server.Nobody, "/v1/events?key=" + server.SecretKey, One);

        Assert.Equal(200, written);
        Assert.Equal((403, "secret_key_in_address"), (refused, (string?)body["code"]));
    }

    [Fact]
    public async Task A_secret_key_in_a_browser_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        server.Secret.DefaultRequestHeaders.Add("Origin", "https://shop.example.com");

        using var answer = await server.Secret.PostAsync(
            "/v1/events", new StringContent(One), Cancel);

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(
            "secret_key_in_browser", (string?)(await TestServer.BodyOfAsync(answer))["code"]);
    }

    [Fact]
    public async Task Pages_of_any_site_may_send_with_a_write_key()
    {
        await using var server = await TestServer.StartAsync();
        using var ask = new HttpRequestMessage(HttpMethod.Options, "/v1/events");
        ask.Headers.Add("Origin", "https://shop.example.com");
        ask.Headers.Add("Access-Control-Request-Method", "POST");

        using var allowed = await server.Nobody.SendAsync(ask, Cancel);
        server.Browser.DefaultRequestHeaders.Add("Origin", "https://shop.example.com");
        using var answer = await server.Browser.PostAsync(
            "/v1/events", new StringContent(One), Cancel);

        Assert.Equal(204, (int)allowed.StatusCode);
        Assert.Equal("POST", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_body_is_read(string encoding)
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Secret.PostAsync(
            "/v1/events", Compressed(One, encoding), Cancel);

        Assert.Equal(1, (int)(await TestServer.BodyOfAsync(answer))["accepted"]!);
    }

    [Fact]
    public async Task A_body_that_grows_beyond_the_limit_is_not_read_on()
    {
        await using var server = await TestServer.StartAsync();
        var bomb = "[" + new string(' ', 5 * 1024 * 1024) + "]";

        using var answer = await server.Secret.PostAsync(
            "/v1/events", Compressed(bomb, "gzip"), Cancel);

        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal(
            "decompressed_too_large", (string?)(await TestServer.BodyOfAsync(answer))["code"]);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await TestServer.StartAsync();

        var (status, body) = await server.PostAsync(
            server.Secret, "/v1/events", "[" + new string(' ', 1024 * 1024) + "]");

        Assert.Equal((413, "body_too_large"), (status, (string?)body["code"]));
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("text/plain;charset=UTF-8", 200)]
    [InlineData("application/xml", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    public async Task Only_json_and_beacons_are_taken(string type, int status)
    {
        await using var server = await TestServer.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(One));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await server.Secret.PostAsync("/v1/events", content, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_key_nobody_has_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var stranger = server.ClientOf("sj_s_nobody");

        var (status, body) = await server.PostAsync(stranger, "/v1/events", One);

        Assert.Equal((401, "key_invalid"), (status, (string?)body["code"]));
    }

    [Fact]
    [Trait("Invariant", "I9")]
    public async Task When_the_disk_fails_nothing_is_acknowledged_and_health_says_so()
    {
        await using var server = await TestServer.StartAsync();
        server.Store.CommitFault = () => throw new SqliteException("disk I/O error", 10);

        var (status, body) = await server.PostAsync(server.Secret, "/v1/events", One);
        using var ready = await server.Nobody.GetAsync("/health/ready", Cancel);

        Assert.Equal((503, "storage_failed"), (status, (string?)body["code"]));
        Assert.Equal(503, (int)ready.StatusCode);
        Assert.NotEmpty((await TestServer.BodyOfAsync(ready))["why"]!.AsArray());
        Assert.Equal(74, server.Services.GetRequiredService<Ending>().ExitCode);
    }

    private static ByteArrayContent Compressed(string text, string encoding)
    {
        using var bytes = new MemoryStream();
        using (Stream to = encoding == "gzip"
            ? new GZipStream(bytes, CompressionLevel.Fastest)
            : new BrotliStream(bytes, CompressionLevel.Fastest))
        {
            to.Write(Encoding.UTF8.GetBytes(text));
        }

        var content = new ByteArrayContent(bytes.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        return content;
    }
}
