using Sojourn.Ingest;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>Sources of events in words.</summary>
internal static class SourceWords
{
    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>
        {
            [Sending.Browser] = "Browser key",
            [Sending.Server] = "Server key",
            [Sending.Segment] = "Segment",
            [Sending.SendGrid] = "SendGrid",
            [Sending.Postmark] = "Postmark",
            [Sending.Mailgun] = "Mailgun",
            [Sending.Shopify] = "Shopify",
            [Sending.WooCommerce] = "WooCommerce",
            [Sending.Command] = "Command",
        };

    /// <summary>The words of one; a source without words stands for itself.</summary>
    public static string Of(string source) => All.GetValueOrDefault(source, source);
}
