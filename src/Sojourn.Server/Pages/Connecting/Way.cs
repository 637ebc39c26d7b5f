namespace Sojourn.Server.Pages.Connecting;

/// <summary>A way to send events, ready to copy.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Place">Where the code goes.</param>
/// <param name="Code">The code, with this server's address and the project's key in it.</param>
internal sealed record Way(string Name, string Title, string Place, string Code)
{
    /// <summary>True when it asks for a secret key, which is not shown here.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True when it adds a script to pages.</summary>
    public bool IsTag { get; init; }

    /// <summary>What it makes of an address and a key; the first is the usual one.</summary>
    /// <param name="origin">How this server is reached: scheme, host and port.</param>
    /// <param name="key">The project's write key.</param>
    public static IReadOnlyList<Way> All(string origin, string key) =>
    [
        new("html", "HTML", "Into the head of every page.", Tag(origin, key)) { IsTag = true },
        new("segment-browser", "Segment, browser",
            "Where your pages load Segment's client today.", SegmentBrowser(origin, key)),
        new("segment-node", "Segment, Node",
            "Where your server makes Segment's client today.", SegmentNode(origin))
        {
            IsSecret = true,
        },
        new("curl", "curl", "In a terminal, to try it out.", Curl(origin, key)),
        new("server", "Server", "Wherever your server learns that something happened.",
            Server(origin))
        {
            IsSecret = true,
        },
    ];

    private static string Tag(string origin, string key) => $"""
        <script async src="{origin}/s.js"
                data-key="{key}"></script>
        """;

    // The client wants its host without a scheme, and the scheme beside it.
    private static string SegmentBrowser(string origin, string key) => $$"""
        import { AnalyticsBrowser } from "@segment/analytics-next";

        export const analytics = AnalyticsBrowser.load(
          { writeKey: "{{key}}", cdnURL: "{{origin}}" },
          { integrations: { "Segment.io": {
              apiHost: "{{HostOf(origin)}}/v1", protocol: "{{SchemeOf(origin)}}" } } },
        );
        """;

    private static string SegmentNode(string origin) => $$"""
        import { Analytics } from "@segment/analytics-node";

        const analytics = new Analytics({
          writeKey: process.env.SOJOURN_SECRET_KEY,
          host: "{{origin}}",
        });
        """;

    private static string Curl(string origin, string key) => $$"""
        curl {{origin}}/v1/events \
          -H "Authorization: Bearer {{key}}" \
          -H "Content-Type: application/json" \
          -d '[{"name":"page_view","anonymous_id":"me"}]'
        """;

    private static string Server(string origin) => $$"""
        await fetch("{{origin}}/v1/events", {
          method: "POST",
          headers: {
            "Authorization": `Bearer ${process.env.SOJOURN_SECRET_KEY}`,
            "Content-Type": "application/json",
          },
          body: JSON.stringify([{
            id: `order-${order.id}`,
            name: "order_submitted",
            person_id: customer.id,
            properties: { order_id: order.id, total: "49.95", currency: "USD" },
          }]),
        });
        """;

    private static string HostOf(string origin) => origin[(origin.IndexOf("://") + 3)..];

    private static string SchemeOf(string origin) => origin[..origin.IndexOf("://")];
}
