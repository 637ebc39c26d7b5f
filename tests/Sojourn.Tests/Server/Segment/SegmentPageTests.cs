using System.Text.Json.Nodes;
using Xunit;
using static Sojourn.Tests.Server.Segment.SegmentRequests;

namespace Sojourn.Tests.Server.Segment;

/// <summary>What pages of other sites need of the server.</summary>
public sealed class SegmentPageTests : IAsyncLifetime
{
    private const string Page = "https://a.test";

    private TestServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/v1/b")]
    [InlineData("/v1/t")]
    [InlineData("/v1/m")]
    [InlineData("/v1/projects/x/settings")]
    public async Task A_page_may_ask_first_and_is_told_the_headers_by_name(string path)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Options, path)
            .With("Origin", Page)
            .With("Access-Control-Request-Method", "POST")
            .With("Access-Control-Request-Headers", "authorization,content-type");

        using var answer = await _server.Nobody.SendAsync(ask, Cancel);

        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(
            "authorization, content-type, x-retry-count",
            Header(answer, "Access-Control-Allow-Headers"));
        Assert.Equal("POST, GET, OPTIONS", Header(answer, "Access-Control-Allow-Methods"));
        Assert.Equal("86400", Header(answer, "Access-Control-Max-Age"));
    }

    [Theory]
    [InlineData("write", "{\"userId\":\"ada\",\"event\":\"x\"}", 200)]
    [InlineData("write", "[{", 400)]
    [InlineData("nobody", "{}", 401)]
    [InlineData("secret", "{}", 403)]
    [InlineData("", "{}", 401)]
    public async Task A_page_may_read_every_answer(string key, string body, int status)
    {
        var request = Post("/v1/t", body).As("text/plain").With("Origin", Page);
        if (key.Length > 0)
        {
            request.Basic(key == "write" ? _server.WriteKey
                : key == "secret" ? _server.SecretKey : key);
        }

        using var answer = await _server.Nobody.SendAsync(request, Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("retry-after", Header(answer, "Access-Control-Expose-Headers"));
    }

    [Fact]
    public async Task The_clients_own_metrics_are_taken_and_ignored()
    {
        using var answer = await _server.Nobody.SendAsync(
            Post("/v1/m", """{"series":[{"type":"Counter","metric":"m","value":1,"tags":{}}]}""")
                .As("text/plain").With("Origin", Page),
            Cancel);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://a.test", "https")]
    [InlineData("http://a.test", "http")]
    public async Task Settings_say_where_to_send(string origin, string protocol)
    {
        using var answer = await _server.Nobody.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"/v1/projects/{_server.WriteKey}/settings")
                .With("Origin", origin),
            Cancel);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        var body = await TestServer.BodyOfAsync(answer);
        var (name, settings) = Assert.Single(body["integrations"]!.AsObject());
        Assert.Equal("Segment.io", name);
        Assert.Equal(_server.WriteKey, (string?)settings!["apiKey"]);
        Assert.Equal(_server.Address.Authority + "/v1", (string?)settings["apiHost"]);
        Assert.Equal(protocol, (string?)settings["protocol"]);
        Assert.Equal(0, (int)body["metrics"]!["sampleRate"]!);
    }

    [Fact]
    public async Task Settings_of_a_key_nobody_has_or_of_a_secret_one_are_refused()
    {
        Assert.Equal((401, "key_invalid"), await SettingsAsync("nobody"));
        Assert.Equal((403, "secret_key_in_address"), await SettingsAsync(_server.SecretKey));
    }

    private async Task<(int Status, string? Code)> SettingsAsync(string key)
    {
        using var answer = await _server.Nobody.GetAsync($"/v1/projects/{key}/settings", Cancel);
        Assert.Equal("*", Header(answer, "Access-Control-Allow-Origin"));
        JsonNode body = await TestServer.BodyOfAsync(answer);
        return ((int)answer.StatusCode, (string?)body["code"]);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.GetValues(name).Single();
}
