using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>The request that something refused came in, as far as it is known.</summary>
/// <param name="Source">What sent it: one of <see cref="Sources"/>.</param>
/// <param name="Status">
/// The HTTP status it was answered with; null = the sender had left before the answer.
/// </param>
public sealed record Sending(string Source, int? Status)
{
    /// <summary>A write key, as pages use it.</summary>
    public const string Browser = "browser";

    /// <summary>A secret key, as servers use it.</summary>
    public const string Server = "server";

    /// <summary>A client of Segment's.</summary>
    public const string Segment = "segment";

    /// <summary>A webhook of SendGrid's.</summary>
    public const string SendGrid = "sendgrid";

    /// <summary>A webhook of Postmark's.</summary>
    public const string Postmark = "postmark";

    /// <summary>A webhook of Mailgun's.</summary>
    public const string Mailgun = "mailgun";

    /// <summary>A webhook of a shop at Shopify.</summary>
    public const string Shopify = "shopify";

    /// <summary>A webhook of a shop that runs WooCommerce.</summary>
    public const string WooCommerce = "woocommerce";

    /// <summary>A command on the server's own machine, such as an import.</summary>
    public const string Command = "command";

    /// <summary>Longest text kept of what a sender says about itself, in characters.</summary>
    public const int ToldCharsMax = 200;

    /// <summary>All sources, in the order people see them.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [
        Browser, Server, Segment, SendGrid, Postmark, Mailgun, Shopify, WooCommerce, Command,
    ];

    /// <summary>How far the sender was believed.</summary>
    public Trust Trust { get; init; }

    /// <summary>Events it held; 0 when it was refused before they were counted.</summary>
    public int Events { get; init; }

    /// <summary>Events of it that are stored, those that were there before included.</summary>
    public int Stored { get; init; }

    /// <summary>
    /// Scheme and host of the page it came from, as its browser says; null = not told.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>The sender's user agent, cut; null = not told.</summary>
    public string? Agent { get; init; }
}
