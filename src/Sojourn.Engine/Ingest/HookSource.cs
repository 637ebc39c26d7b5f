using System.Text.Json.Serialization;

namespace Sojourn.Ingest;

/// <summary>The services whose webhooks are understood.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HookSource>))]
public enum HookSource
{
    /// <summary>Twilio SendGrid.</summary>
    SendGrid,

    /// <summary>Postmark.</summary>
    Postmark,

    /// <summary>Mailgun.</summary>
    Mailgun,

    /// <summary>A shop at Shopify.</summary>
    Shopify,

    /// <summary>A shop that runs WooCommerce.</summary>
    WooCommerce,
}

/// <summary>Services by name.</summary>
public static class HookSources
{
    /// <summary>All of them: those that send mail, then shops.</summary>
    public static IReadOnlyList<HookSource> All { get; } = Enum.GetValues<HookSource>();

    /// <summary>True for shops, false for services that send mail.</summary>
    public static bool IsShop(this HookSource source) =>
        source is HookSource.Shopify or HookSource.WooCommerce;

    /// <summary>A service as it is written, also in <see cref="Sending.Sources"/>.</summary>
    public static string NameOf(HookSource source) => source switch
    {
        HookSource.SendGrid => Sending.SendGrid,
        HookSource.Postmark => Sending.Postmark,
        HookSource.Mailgun => Sending.Mailgun,
        HookSource.Shopify => Sending.Shopify,
        _ => Sending.WooCommerce,
    };

    /// <summary>A service by its name; null for any other word.</summary>
    public static HookSource? Of(string? name)
    {
        foreach (var source in All)
        {
            if (NameOf(source) == name)
                return source;
        }

        return null;
    }
}
