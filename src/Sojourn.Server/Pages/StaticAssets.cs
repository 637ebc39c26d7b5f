using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Sojourn.Server.Api;

namespace Sojourn.Server.Pages;

/// <summary>
/// The files that pages are made with, carried in the executable. Their names hold a hash of
/// what is in them, so browsers keep them for ever.
/// </summary>
internal sealed class StaticAssets
{
    private const string KeepForEver = "public, max-age=31536000, immutable";

    private readonly Dictionary<string, string> _names;
    private readonly Dictionary<string, StaticAsset> _files;

    /// <summary>Reads them all: there are few, and they are small.</summary>
    public StaticAssets()
    {
        _names = JsonSerializer.Deserialize<Dictionary<string, string>>(Read("manifest.json"))
            ?? throw new InvalidOperationException("The executable was built without assets.");
        _files = _names.Values.ToDictionary(name => name, name => new StaticAsset(
            Read(name), Read(name + ".br"), TypeOf(name)));
    }

    /// <summary>The address of a file, e.g. of <c>app.css</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public string this[string name] => $"/assets/{_names[name]}";

    /// <summary>Serves one; 404 for a name that is not current.</summary>
    public static Task ServeAsync(HttpContext context, string name, StaticAssets assets)
    {
        if (assets._files.TryGetValue(name, out var file))
            return file.WriteAsync(context, KeepForEver);

        return Problems.NotFound.WriteAsync(context);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"No content type for {other}."),
    };

    /// <summary>What the executable carries under a name.</summary>
    public static byte[] Read(string name)
    {
        using var stream = typeof(StaticAssets).Assembly.GetManifestResourceStream($"assets/{name}")
            ?? throw new InvalidOperationException($"The executable was built without {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

/// <summary>A file, plain and packed.</summary>
internal sealed record StaticAsset(byte[] Plain, byte[] Packed, string Type)
{
    /// <summary>Answers with it, packed where the browser understands that.</summary>
    public Task WriteAsync(HttpContext context, string cacheControl)
    {
        var response = context.Response;
        var packed = context.Request.Headers.AcceptEncoding.ToString()
            .Contains("br", StringComparison.Ordinal);
        var body = packed ? Packed : Plain;
        response.ContentType = Type;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = cacheControl;
        response.Headers[HeaderNames.Vary] = HeaderNames.AcceptEncoding;
        if (packed)
            response.Headers.ContentEncoding = "br";
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
