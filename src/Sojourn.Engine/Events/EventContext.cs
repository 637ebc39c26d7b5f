namespace Sojourn.Events;

/// <summary>Where an event happened, as far as the sender told. Null parts were not told.</summary>
public sealed record EventContext
{
    /// <summary>Nothing is known.</summary>
    public static EventContext None { get; } = new();

    /// <summary>The sender's address, IPv4 or IPv6 in text form.</summary>
    public string? Ip { get; init; }

    /// <summary>The browser's or client's own name, as sent.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Address of the page, as sent; never made a link unless http or https.</summary>
    public string? Url { get; init; }

    /// <summary>Address of the page before, as sent.</summary>
    public string? Referrer { get; init; }

    /// <summary>Language tag, e.g. <c>fr-DZ</c>. Source: BCP 47.</summary>
    public string? Locale { get; init; }

    /// <summary>Two upper-case letters, e.g. <c>DZ</c>. Source: ISO 3166-1.</summary>
    public string? Country { get; init; }

    /// <summary>The campaign that brought the person, or null when there is none.</summary>
    public Campaign? Campaign { get; init; }
}

/// <summary>
/// A marketing campaign as its five <c>utm_</c> parameters name it; null = not given.
/// </summary>
/// <param name="Name"><c>utm_campaign</c>.</param>
/// <param name="Source"><c>utm_source</c>.</param>
/// <param name="Medium"><c>utm_medium</c>.</param>
/// <param name="Term"><c>utm_term</c>.</param>
/// <param name="Content"><c>utm_content</c>.</param>
public sealed record Campaign(
    string? Name, string? Source, string? Medium, string? Term, string? Content);
