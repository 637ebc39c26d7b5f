using System.Text.Json;

namespace Sojourn.Events.Rules;

/// <summary>What rules can ask of an event, as text.</summary>
public static class EventFacts
{
    /// <summary>The names that mean more than a property of the event's own.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "path", "host", "url", "referrer", "referrer_host", "ip", "user_agent", "country",
        "locale", "user_id", "anonymous_id", "trust", "campaign.name", "campaign.source",
        "campaign.medium", "campaign.term", "campaign.content",
    ];

    /// <summary>
    /// The value of a name: one of <see cref="Known"/>, else a property, whose members are
    /// reached with dots. Null when the event has none.
    /// </summary>
    public static string? Of(Event e, string name) => name switch
    {
        "path" => PathOf(UrlOf(e)),
        "host" => HostOf(UrlOf(e)),
        "url" => UrlOf(e),
        "referrer" => e.Context.Referrer ?? e.Properties.Text("referrer"),
        "referrer_host" => HostOf(e.Context.Referrer ?? e.Properties.Text("referrer")),
        "ip" => e.Context.Ip,
        "user_agent" => e.Context.UserAgent,
        "country" => e.Context.Country,
        "locale" => e.Context.Locale,
        "user_id" => e.UserId,
        "anonymous_id" => e.AnonymousId,
        "trust" => e.Trust.ToString().ToLowerInvariant(),
        "campaign.name" => e.Context.Campaign?.Name,
        "campaign.source" => e.Context.Campaign?.Source,
        "campaign.medium" => e.Context.Campaign?.Medium,
        "campaign.term" => e.Context.Campaign?.Term,
        "campaign.content" => e.Context.Campaign?.Content,
        _ => PropertyOf(e, name),
    };

    /// <summary>The page's address: of the event itself, else where it happened.</summary>
    public static string? UrlOf(Event e) => e.Properties.Text("url") ?? e.Context.Url;

    /// <summary>
    /// The path of an address, or of a text that begins with a slash: without query, fragment
    /// and a slash at its end. Null for what is no address.
    /// </summary>
    public static string? PathOf(string? url)
    {
        if (url is null)
            return null;

        var rest = url.AsSpan();
        if (HostLength(ref rest) < 0 && !rest.StartsWith("/"))
            return null;

        var end = rest.IndexOfAny('?', '#');
        var path = (end < 0 ? rest : rest[..end]).TrimEnd('/');
        return path.Length == 0 ? "/" : path.ToString();
    }

    /// <summary>The host in lower case without <c>www.</c>; null for what has none.</summary>
    public static string? HostOf(string? url)
    {
        var rest = url.AsSpan();
        if (url is null || HostLength(ref rest) < 0
            || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host.Length == 0)
        {
            return null;
        }

        var host = address.Host.ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    // Goes past scheme and host; -1 when there is none. An address is looked at for every page,
    // and taking it apart as a whole costs ten times as much.
    private static int HostLength(ref ReadOnlySpan<char> url)
    {
        var scheme = url.IndexOf("://");
        if (scheme <= 0 || url[..scheme].ContainsAny("/?#"))
            return -1;

        url = url[(scheme + 3)..];
        var length = url.IndexOfAny('/', '?', '#');
        if (length < 0)
            length = url.Length;
        url = url[length..];
        return length;
    }

    private static string? PropertyOf(Event e, string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (e.Properties.Get(dot < 0 ? name : name[..dot]) is not { } value)
            return null;

        foreach (var member in dot < 0 ? [] : name[(dot + 1)..].Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(member, out value))
                return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        };
    }
}
