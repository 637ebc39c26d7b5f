using System.Net;
using System.Net.Http.Headers;
using Sojourn.Server.Pages;
using Xunit;

namespace Sojourn.Tests.Server;

/// <summary>The files pages are made with.</summary>
public sealed class StaticAssetsTests
{
    private const int ScriptBytesMax = 100 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_may_be_kept_for_ever()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Nobody.GetAsync(new StaticAssets()["app.css"], Cancel);

        Assert.Equal("text/css", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task The_script_is_packed_into_less_than_100_KB()
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new StaticAssets()["app.js"]);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));

        using var answer = await server.Nobody.SendAsync(request, Cancel);

        Assert.Contains("br", answer.Content.Headers.ContentEncoding);
        Assert.InRange(answer.Content.Headers.ContentLength ?? 0, 1, ScriptBytesMax);
    }

    [Fact]
    public async Task A_name_that_is_not_current_is_not_found()
    {
        await using var server = await TestServer.StartAsync();

        using var answer = await server.Nobody.GetAsync("/assets/app.000000000000.js", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
