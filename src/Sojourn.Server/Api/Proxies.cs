using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Sojourn.Server.Api;

/// <summary>
/// Whose word counts about where a request comes from: only a proxy that the operator named.
/// Going back from the nearest, the first address that is no such proxy is the sender's.
/// </summary>
internal static class Proxies
{
    // A chain that is longer than any real one is somebody playing with headers.
    private const int HopsMax = 10;

    /// <summary>Reads an address or a network, e.g. 127.0.0.1 or 10.0.0.0/8.</summary>
    public static bool TryRead(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network))
            return true;
        if (!IPAddress.TryParse(text, out var address))
            return false;

        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    /// <summary>
    /// Takes senders' addresses from named proxies; names and schemes never, because the
    /// operator says them.
    /// </summary>
    public static void UseProxies(this IApplicationBuilder app, IReadOnlyList<IPNetwork> named)
    {
        if (named.Count == 0)
            return;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            ForwardLimit = HopsMax,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in named)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
