using System.Text.Json.Nodes;
using Xunit;

namespace Sojourn.Tests.Server.Segment;

/// <summary>
/// Each of Segment's clients as it speaks on the wire: headers, envelope, spelling of times.
/// Source: the clients' own code.
/// </summary>
public sealed class SegmentClientTests : IAsyncLifetime
{
    private TestServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Ruby_imports_with_the_key_in_the_header_only()
    {
        var stored = await SendAsync(Post("/v1/import", """
            {"sentAt":"2026-03-02T09:59:40.000Z","batch":[
             {"context":{"library":{"name":"analytics-ruby","version":"2.5.0"}},
              "messageId":"0e4c2a8e-9b36-4d5a-9f0d-6f1f3f1c8a01",
              "timestamp":"2026-03-02T10:59:10.000+01:00","type":"track","event":"Order Completed",
              "userId":17,"properties":{"order_id":"o1","total":"49.95"},"integrations":null}]}
            """).As("application/json").By("analytics-ruby/2.5.0").Basic(_server.SecretKey));

        Assert.Equal("order_submitted", (string?)stored["name"]);
        Assert.Equal("17", (string?)stored["person_id"]);
        Assert.Equal("verified", (string?)stored["trust"]);
        Assert.Equal("2026-03-02T09:59:30.000Z", (string?)stored["time"]);
    }

    [Fact]
    public async Task Go_names_its_batches_and_gives_nanoseconds()
    {
        var stored = await SendAsync(Post("/v1/batch", """
            {"messageId":"9f6b1c1e-0000-4000-8000-000000000000",
             "sentAt":"2026-03-02T10:00:00.123456789Z",
             "batch":[{"type":"page","messageId":"go-1","anonymousId":"d1","name":"Home",
               "timestamp":"2026-03-02T09:59:59.123456789Z",
               "context":{"ip":"198.51.100.7","page":{"url":"https://a.test/"},
                "campaign":{"name":"spring","source":"Mail"}}}],
             "context":{"library":{"name":"analytics-go","version":"3.3.0"},"locale":"fr"}}
            """).As("application/json").By("analytics-go (version: 3.3.0)")
            .Basic(_server.SecretKey));

        Assert.Equal("page_view", (string?)stored["name"]);
        Assert.Equal("https://a.test/", (string?)stored["context"]!["url"]);
        Assert.Equal("198.51.100.7", (string?)stored["context"]!["ip"]);
        Assert.Equal("fr", (string?)stored["context"]!["locale"]);
        Assert.Equal("2026-03-02T09:59:59.000Z", (string?)stored["time"]);
        Assert.Equal("mail", (string?)(await SessionAsync())["source"]);
    }

    [Fact]
    public async Task Php_writes_nothing_as_an_empty_list_and_compresses()
    {
        var stored = await SendAsync(Post("/v1/batch", """
            {"batch":[{"userId":"ada","traits":{"email":"ada@a.test"},"context":[],
              "anonymousId":null,"timestamp":"2026-03-02T09:59:50+00:00",
              "type":"identify","messageId":"php-1","integrations":[]}],
             "sentAt":"2026-03-02T10:00:00+00:00"}
            """).As("application/json").By("analytics-php/3.8.1").Basic(_server.SecretKey)
            .Gzipped());

        Assert.Equal("identify", (string?)stored["name"]);
        Assert.Equal("ada@a.test", (string?)(await SessionAsync())["person"]!["email"]);
    }

    [Fact]
    public async Task Csharp_sends_its_key_in_the_body_only_compressed_and_without_a_type()
    {
        var stored = await SendAsync(Post("/v1/b", """
            {"batch":[{"type":"screen","name":"Cart","category":"","properties":{"n":1},
              "messageId":"cs-1","anonymousId":"d1","userId":"","context":{"app":{"name":"Shop"},
               "library":{"name":"Analytics-CSharp","version":"2.5.4"},"timezone":"Europe/Paris"},
              "integrations":{},"timestamp":"2026-03-02T10:00:00.1234567Z","_metadata":{}}],
             "sentAt":"2026-03-02T10:00:00.1234567Z","writeKey":"WRITE_KEY"}
            """).Gzipped());

        Assert.Equal("screen_view", (string?)stored["name"]);
        Assert.Equal("d1", (string?)stored["anonymous_id"]);
        Assert.Null(stored["person_id"]);
        Assert.Equal("claimed", (string?)stored["trust"]);
        Assert.Equal("Europe/Paris", (string?)stored["properties"]!["timezone"]);
    }

    [Fact]
    public async Task Python_sends_its_key_twice()
    {
        var stored = await SendAsync(Post("/v1/batch", """
            {"batch":[{"integrations":{},"anonymousId":null,"properties":{"plan":"pro"},
              "timestamp":"2026-03-02T09:59:58.654321+00:00","context":{"library":{
               "name":"analytics-python","version":"2.3.3"}},"userId":"ada","type":"track",
              "event":"Signed Up","messageId":"py-1"}],
             "sentAt":"2026-03-02T10:00:00.000001+00:00","writeKey":"SECRET_KEY"}
            """).As("application/json").By("analytics-python/2.3.3").Basic(_server.SecretKey)
            .Gzipped());

        Assert.Equal("Signed Up", (string?)stored["name"]);
        Assert.Equal("verified", (string?)stored["trust"]);
        Assert.Equal("2026-03-02T09:59:58.654320Z", (string?)stored["time"]);
    }

    [Fact]
    public async Task Node_sends_its_key_twice_and_data_about_itself()
    {
        var stored = await SendAsync(Post("/v1/batch", """
            {"batch":[{"event":"Product Added","userId":"ada","properties":{"name":"Shoe"},
              "type":"track","timestamp":"2026-03-02T10:00:00.000Z","context":{"library":{
               "name":"@segment/analytics-node","version":"3.1.0"}},"integrations":{},
              "_metadata":{"nodeVersion":"20.0.0","jsRuntime":"node"},
              "messageId":"node-next-1772445600000-0e4c2a8e-9b36-4d5a-9f0d-6f1f3f1c8a01"}],
             "writeKey":"WRITE_KEY","sentAt":"2026-03-02T10:00:00.500Z"}
            """).As("application/json").By("analytics-node-next/latest").Basic(_server.WriteKey)
            .With("X-Retry-Count", "1"));

        Assert.Equal("product_added", (string?)stored["name"]);
        Assert.Equal("""{"name":"Shoe"}""", stored["properties"]!.ToJsonString());
        Assert.Null(stored["context"]!["user_agent"]);
    }

    [Fact]
    public async Task A_browser_sends_each_message_alone_as_plain_text()
    {
        var stored = await SendAsync(Post("/v1/p", """
            {"timestamp":"2026-03-02T10:00:00.000Z","integrations":{},"anonymousId":"d1",
             "type":"page","userId":null,"name":null,
             "properties":{"path":"/p","referrer":"https://b.test/","search":"?x=1",
              "title":"Shoes","url":"https://a.test/p?x=1"},
             "context":{"page":{"path":"/p","referrer":"https://b.test/","search":"?x=1",
               "title":"Shoes","url":"https://a.test/p?x=1"},
              "userAgent":"BROWSER","userAgentData":{"brands":[],"mobile":false,
               "platform":"Linux"},"locale":"en-US","timezone":"UTC",
              "campaign":{"name":"spring","source":"newsletter"},
              "library":{"name":"analytics.js","version":"npm:next-1.84.3"}},
             "messageId":"ajs-next-1772445600000-0e4c2a8e","writeKey":"WRITE_KEY",
             "sentAt":"2026-03-02T10:00:00.000Z",
             "_metadata":{"bundled":["Segment.io"],"unbundled":[],"bundledIds":[]}}
            """).As("text/plain").By(SegmentRequests.Browser).Basic(_server.WriteKey)
            .With("Origin", "https://a.test"));

        Assert.Equal("page_view", (string?)stored["name"]);
        Assert.Equal("Shoes", (string?)stored["properties"]!["title"]);
        var session = await SessionAsync();
        Assert.Equal(("newsletter", "desktop"),
            ((string?)session["source"], (string?)session["device"]));
    }

    [Fact]
    public async Task A_browser_that_batches_names_the_key_in_envelope_and_messages()
    {
        var stored = await SendAsync(Post("/v1/b", """
            {"writeKey":"WRITE_KEY","batch":[{"type":"identify","userId":"ada",
              "anonymousId":"d1","traits":{"name":"Ada"},"timestamp":"2026-03-02T10:00:00.000Z",
              "messageId":"ajs-next-2","writeKey":"WRITE_KEY","context":{}}],
             "sentAt":"2026-03-02T10:00:00.000Z"}
            """).As("text/plain").By(SegmentRequests.Browser).Basic(_server.WriteKey)
            .With("Origin", "https://a.test"));

        Assert.Equal("identify", (string?)stored["name"]);
        Assert.Equal(SegmentRequests.Browser, (string?)stored["context"]!["user_agent"]);
        Assert.Equal("Ada", (string?)(await SessionAsync())["person"]!["name"]);
    }

    private HttpRequestMessage Post(string path, string body) => SegmentRequests.Post(
        path,
        body.Replace("WRITE_KEY", _server.WriteKey, StringComparison.Ordinal)
            .Replace("SECRET_KEY", _server.SecretKey, StringComparison.Ordinal)
            .Replace("BROWSER", SegmentRequests.Browser, StringComparison.Ordinal));

    // Sends it, expects what every client takes for success, and gives the one event.
    private async Task<JsonNode> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await _server.Nobody.SendAsync(request, Cancel);
            Assert.Equal(
                (200, """{"success":true}"""),
                ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel)));
        }

        var items = (await _server.GetAsync("/v1/events"))["items"]!.AsArray();
        return Assert.Single(items)!;
    }

    private async Task<JsonNode> SessionAsync() =>
        Assert.Single((await _server.GetAsync("/v1/sessions"))["items"]!.AsArray())!;
}
