using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>Where a session came from, by its first event that counts.</summary>
public static class TrafficSource
{
    /// <summary>No campaign and no other site.</summary>
    public const string Direct = "direct";

    /// <summary>
    /// The campaign's source, else the referring host when it is not the page's own, else
    /// <see cref="Direct"/>. Lower case, without <c>www.</c>.
    /// </summary>
    public static string Of(Event first)
    {
        var context = first.Context;
        if (context.Campaign?.Source is { Length: > 0 } source)
            return source.ToLowerInvariant();

        var from = HostOf(context.Referrer);
        return from is null || from == HostOf(context.Url) ? Direct : from;
    }

    private static string? HostOf(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return null;

        return uri.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            ? uri.Host[4..].ToLowerInvariant()
            : uri.Host.ToLowerInvariant();
    }
}
