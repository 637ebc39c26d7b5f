using System.Net;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Outreach;

namespace Sojourn.Server.Commands;

/// <summary>How a store is served.</summary>
internal sealed record Serving
{
    /// <summary>The store's folder, for commands to come through; null with PostgreSQL.</summary>
    public required string? Folder { get; init; }

    /// <summary>Where to listen.</summary>
    public required IReadOnlyList<ListenAddress> Addresses { get; init; }

    /// <summary>The address people open; null = this machine's own.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Proxies that are believed about who sends a request.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>A link that signs in as long as it is served; null with real data.</summary>
    public StandingLink? StandingLink { get; init; }

    /// <summary>Where mail is handed over; null = none is sent.</summary>
    public MailServer? Mail { get; init; }

    /// <summary>Adds what else runs inside the server; null when nothing does.</summary>
    public Action<IServiceCollection>? Also { get; init; }

    /// <summary>Told once it listens.</summary>
    public required Func<WebApplication, Serving, CancellationToken, Task> Started { get; init; }
}
