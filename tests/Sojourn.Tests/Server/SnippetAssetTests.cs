using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>How the browser snippet is handed out; what it does is tested in a browser.</summary>
public sealed class SnippetAssetTests
{
    private const int PackedBytesMax = 4 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_packed_into_less_than_4_KB()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await AskAsync(server, "gzip");
        var body = await answer.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Contains("gzip", answer.Content.Headers.ContentEncoding);
        Assert.InRange(body.Length, 1, PackedBytesMax);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Packed_and_plain_are_the_same_script(string encoding)
    {
        await using var server = await TestServer.StartAsync();
        using var plain = await AskAsync(server);

        using var packed = await AskAsync(server, encoding);
        var stream = await packed.Content.ReadAsStreamAsync(Cancel);
        await using Stream unpacking = encoding == "br"
            ? new BrotliStream(stream, CompressionMode.Decompress)
            : new GZipStream(stream, CompressionMode.Decompress);
        var text = await new StreamReader(unpacking).ReadToEndAsync(Cancel);

        Assert.Equal(await plain.Content.ReadAsStringAsync(Cancel), text);
    }

    [Fact]
    public async Task Pages_of_any_site_may_load_it()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await AskAsync(server);

        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("cross-origin",
            Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
    }

    [Fact]
    public async Task Who_has_it_is_told_that_nothing_changed()
    {
        await using var server = await TestServer.StartAsync();
        using var first = await AskAsync(server, "br");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/s.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await server.Nobody.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.InRange(again.Headers.CacheControl!.MaxAge!.Value.TotalMinutes, 1, 10);
    }

    [Fact]
    public async Task It_needs_no_eval()
    {
        await using var server = await TestServer.StartAsync();

        var script = await server.Nobody.GetStringAsync("/s.js", Cancel);

        Assert.DoesNotContain("eval(", script);
        Assert.DoesNotContain("Function(", script);
    }

    private static Task<HttpResponseMessage> AskAsync(TestServer server, string? encoding = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/s.js");
        if (encoding is not null)
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        return server.Nobody.SendAsync(request, Cancel);
    }
}
