using Microsoft.Extensions.Primitives;
using Sojourn.Ingest;
using Sojourn.Ingest.Shops;

namespace Sojourn.Server.Api.Hooks;

/// <summary>What the headers of a shop's webhook say; none of it is signed.</summary>
/// <param name="Sending">Topic, shop and time.</param>
/// <param name="Signature">Base64 of an HMAC over the body; null = there is not one.</param>
internal sealed record ShopHeaders(ShopSending Sending, string? Signature)
{
    /// <summary>Reads the headers; Shopify writes its own with <c>X-</c> or without.</summary>
    public static ShopHeaders Of(HookSource source, IHeaderDictionary headers)
    {
        return source == HookSource.Shopify
            ? new(
                new(
                    source,
                    Told("Shopify-Topic"),
                    Told("Shopify-Shop-Domain")?.ToLowerInvariant(),
                    Told("Shopify-Triggered-At")),
                Told("Shopify-Hmac-Sha256"))
            : new(
                new(source, Told("WC-Webhook-Topic"), HostOf(Told("WC-Webhook-Source")), null),
                Told("WC-Webhook-Signature"));

        string? Told(string name) => One(headers["X-" + name]) ?? One(headers[name]);
    }

    // Several would leave open which of them is meant.
    private static string? One(StringValues values) =>
        values is [{ Length: > 0 } value] ? value : null;

    private static string? HostOf(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.IdnHost : null;
}
