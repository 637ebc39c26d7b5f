using Sojourn.Kinds.Checkouts;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Where a recovery link leads: to the shop and nowhere else, whatever events told.
/// </summary>
internal static class RecoveryTarget
{
    /// <summary>
    /// Stands for the checkout's id in <see cref="OutreachSettings.RecoveryUrl"/>.
    /// </summary>
    public const string IdPlace = "{checkout_id}";

    /// <summary>
    /// The address of its own that the checkout told, when it is of an origin that the project
    /// named; else the project's. Null when the project has none.
    /// </summary>
    public static Uri? Of(OutreachSettings settings, Checkout checkout)
    {
        if (settings.RecoveryUrl is not { } url)
            return null;
        if (UrlOf(checkout.RestoreUrl) is { } own
            && settings.RecoveryOrigins.Any(one => OriginOf(UrlOf(one)) == OriginOf(own)))
        {
            return own;
        }

        var filled = Filled(url, Uri.EscapeDataString(checkout.CheckoutId));
        return OriginOf(filled) == OriginOf(Filled(url, "x")) ? filled : null;
    }

    /// <summary>True for an address that names a site and nothing below it.</summary>
    public static bool IsOrigin(string text) =>
        UrlOf(text) is { PathAndQuery: "/", Fragment.Length: 0 };

    /// <summary>True for an address whose site is the same whatever the checkout's id.</summary>
    public static bool IsTemplate(string text) =>
        OriginOf(Filled(text, "x")) is { } one && one == OriginOf(Filled(text, "y.z"));

    private static Uri? Filled(string url, string id) =>
        UrlOf(url.Replace(IdPlace, id, StringComparison.Ordinal));

    private static string? OriginOf(Uri? url) => url?.GetLeftPart(UriPartial.Authority);

    private static Uri? UrlOf(string? text) =>
        text is not null && !text.Any(char.IsControl)
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.UserInfo.Length == 0
            ? url
            : null;
}
