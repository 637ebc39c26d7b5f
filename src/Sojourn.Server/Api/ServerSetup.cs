using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Sojourn.Ingest;
using Sojourn.Server.Accounts;
using Sojourn.Server.Outreach;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>What a server is made of.</summary>
internal sealed record ServerSetup
{
    /// <summary>How long requests on their way may take once the server is told to stop.</summary>
    public static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(10);

    /// <summary>Where events and sessions are kept.</summary>
    public required IStore Store { get; init; }

    /// <summary>Our clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Where to listen; port 0 takes any free one.</summary>
    public required IReadOnlyList<ListenAddress> Addresses { get; init; }

    /// <summary>The socket that commands come through, or null when there is none.</summary>
    public string? ControlSocket { get; init; }

    /// <summary>The address people reach it by; null = the machine itself.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Proxies that are believed about who sends a request.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>A link that signs in as long as it runs; null with anybody's real data.</summary>
    public StandingLink? StandingLink { get; init; }

    /// <summary>Writes a consistent copy to a file; null when the store cannot.</summary>
    public Func<string, CancellationToken, Task>? Backup { get; init; }

    /// <summary>Where mail is handed over; null = none is sent.</summary>
    public MailServer? Mail { get; init; }

    /// <summary>Adds what else runs inside the server; null when nothing does.</summary>
    public Action<IServiceCollection>? Also { get; init; }
}

/// <summary>A place to listen.</summary>
/// <param name="Address">The address; null = the machine itself, by IPv4 and IPv6.</param>
/// <param name="Port">The port.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    /// <summary>Reads <c>http://host:port</c>; false for anything else.</summary>
    public static bool TryParse(string text, out ListenAddress address)
    {
        address = new(null, 0);
        // "http://*:80" and "http://+:80" are how others write "everywhere".
        var plain = text.Replace("//*", "//0.0.0.0", StringComparison.Ordinal)
            .Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri)
            || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/")
        {
            return false;
        }

        var isLocal = uri.Host == "localhost";
        if (!isLocal && !IPAddress.TryParse(uri.Host.Trim('[', ']'), out _))
            return false;

        address = new(isLocal ? null : IPAddress.Parse(uri.Host.Trim('[', ']')), uri.Port);
        return true;
    }
}

/// <summary>How much a stranger may take of the server.</summary>
internal static class ServerLimits
{
    private const int ConnectionsMax = 20_000;
    private const int HeaderBytesMax = 16 * 1024;
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(2);
    private static readonly MinDataRate SlowestPeer =
        new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Sets limits and addresses.</summary>
    public static void Use(this KestrelServerOptions kestrel, ServerSetup setup)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Limits.WireBytesMax;
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        kestrel.Limits.RequestHeadersTimeout = HeadersWithin;
        kestrel.Limits.KeepAliveTimeout = IdleMax;
        kestrel.Limits.MinRequestBodyDataRate = SlowestPeer;
        kestrel.Limits.MinResponseDataRate = SlowestPeer;
        foreach (var (address, port) in setup.Addresses)
        {
            if (address is null)
                kestrel.ListenLocalhost(port);
            else
                kestrel.Listen(address, port);
        }

        if (setup.ControlSocket is { } socket)
        {
            kestrel.ListenUnixSocket(socket, options => options.Use(next => connection =>
            {
                connection.Features.Set(OperatorConnection.Instance);
                return next(connection);
            }));
        }
    }

    /// <summary>One line for each thing an operator should know, on the error stream.</summary>
    public static void UseSojourn(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Warning);
        // They warn that keys lie unencrypted in the store, whose files are their owner's alone,
        // and that the answers to forms are kept by no cache, which is what we say ourselves.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
