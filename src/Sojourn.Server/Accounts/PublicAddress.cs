using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Sojourn.Server.Accounts;

/// <summary>
/// The names people reach this server by. Pages answer to no other: whoever makes a browser
/// believe another name leads here gets nothing. Links are made of these names alone.
/// </summary>
/// <param name="url">As the operator gave it, e.g. https://sojourn.example; null = none.</param>
internal sealed class PublicAddress(Uri? url)
{
    private static readonly HashSet<string> Loopback =
        new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };

    /// <summary>Reads what an operator writes; false when it is no address of a server.</summary>
    public static bool TryRead(string text, out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.PathAndQuery == "/" && url.UserInfo.Length == 0 && url.Fragment.Length == 0;

    /// <summary>Where links lead: the address given, else where the server listens.</summary>
    public string LinkTo(string path, string listening)
    {
        if (url is not null)
            return url.GetLeftPart(UriPartial.Authority) + path;

        // Who listens everywhere listens on this machine, too, by the name we answer to.
        var here = new Uri(listening
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal));
        return here.Host is "0.0.0.0" or "[::]"
            ? $"http://localhost:{here.Port}{path}"
            : here.GetLeftPart(UriPartial.Authority) + path;
    }

    /// <summary>The same of a server that listens.</summary>
    public string LinkTo(string path, IServer server) => LinkTo(
        path,
        server.Features.Get<IServerAddressesFeature>()!.Addresses // It listens.
            .First(one => !one.StartsWith("http://unix:", StringComparison.Ordinal)));

    /// <summary>Whether pages answer to an address that is listened at.</summary>
    public bool Answers(string link) => url is not null || Loopback.Contains(new Uri(link).Host);

    /// <summary>
    /// Whether pages answer to the name a request came by. A proxy in front of us ends https, so
    /// the address given says which scheme the browser used.
    /// </summary>
    public bool Recognize(HttpRequest request)
    {
        if (url is not null && request.Host.Value is { } host
            && (host.Equals(url.Authority, StringComparison.OrdinalIgnoreCase)
                || host.Equals($"{url.Host}:{url.Port}", StringComparison.OrdinalIgnoreCase)))
        {
            request.Scheme = url.Scheme;
            return true;
        }

        return Loopback.Contains(request.Host.Host);
    }
}
