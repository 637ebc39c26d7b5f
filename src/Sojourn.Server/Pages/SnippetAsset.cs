using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Sojourn.Server.Pages;

/// <summary>
/// The browser snippet at <c>/s.js</c>. Other people's pages name this address, so it never
/// changes; browsers ask again after a few minutes and are told when nothing did.
/// </summary>
internal sealed class SnippetAsset
{
    private const string KeepShortly = "public, max-age=300";

    private readonly byte[] _plain = StaticAssets.Read("s.js");
    private readonly byte[] _brotli = StaticAssets.Read("s.js.br");
    private readonly byte[] _gzip = StaticAssets.Read("s.js.gz");
    private readonly string _tag;

    /// <summary>Reads it.</summary>
    public SnippetAsset() =>
        _tag = Convert.ToHexStringLower(SHA256.HashData(_plain).AsSpan(0, 8));

    /// <summary>Answers with it to any page of any site; 304 to who has it already.</summary>
    public static Task ServeAsync(HttpContext context, SnippetAsset snippet)
    {
        var (body, encoding) = snippet.PackedFor(context.Request);
        var tag = new EntityTagHeaderValue($"\"{snippet._tag}{encoding}\"");
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.CacheControl = KeepShortly;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ETag = tag.ToString();
        if (context.Request.GetTypedHeaders().IfNoneMatch
            .Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (encoding.Length > 0)
            headers.ContentEncoding = encoding;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private (byte[] Body, string Encoding) PackedFor(HttpRequest request)
    {
        var taken = request.GetTypedHeaders().AcceptEncoding
            .Where(one => one.Quality is null or > 0)
            .Select(one => one.Value.Value)
            .ToList();
        return taken.Contains("br") ? (_brotli, "br")
            : taken.Contains("gzip") ? (_gzip, "gzip")
            : (_plain, "");
    }
}
