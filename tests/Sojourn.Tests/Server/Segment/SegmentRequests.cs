using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Sojourn.Tests.Server.Segment;

/// <summary>Requests as Segment's clients make them.</summary>
internal static class SegmentRequests
{
    public const string Browser =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";

    /// <summary>A request with a body and nothing else; a string's type would be added.</summary>
    public static HttpRequestMessage Post(string path, string body) =>
        new(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };

    public static HttpRequestMessage As(this HttpRequestMessage request, string contentType)
    {
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return request;
    }

    public static HttpRequestMessage By(this HttpRequestMessage request, string userAgent) =>
        request.With("User-Agent", userAgent);

    /// <summary>The key as user name without a password.</summary>
    public static HttpRequestMessage Basic(this HttpRequestMessage request, string key) =>
        request.With(
            "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));

    public static HttpRequestMessage With(
        this HttpRequestMessage request, string name, string value)
    {
        request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public static HttpRequestMessage Gzipped(this HttpRequestMessage request)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            request.Content!.CopyTo(gzip, null, default);

        var type = request.Content!.Headers.ContentType;
        request.Content = new ByteArrayContent(bytes.ToArray());
        request.Content.Headers.ContentType = type;
        request.Content.Headers.ContentEncoding.Add("gzip");
        return request;
    }

    /// <summary>A batch of one track message, which a test may put more into.</summary>
    public static string Batch(string messageId = "m1", string more = "") =>
        "{\"batch\":[{\"type\":\"track\",\"userId\":\"ada\",\"event\":\"x\","
        + $"\"messageId\":\"{messageId}\"}}]{more}}}";
}
