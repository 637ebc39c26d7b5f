using Sojourn.Ingest;
using Sojourn.Server.Api.Hooks;

namespace Sojourn.Server.Pages.Settings;

/// <summary>Hooks in words.</summary>
internal static class HookWords
{
    private static readonly string[] _sendGrid =
    [
        "Make a hook here and copy its address.",
        "In SendGrid: Settings, Mail Settings, Event Webhooks, Create. "
            + "Paste the address as Post URL and choose all events.",
        "Switch Signed Event Webhook on, save, copy the verification key, and set it here.",
        "To join mails to people, send them with a custom argument user_id or anonymous_id.",
    ];

    private static readonly string[] _postmark =
    [
        "Make up a user name and a password, make a hook here with them, and copy its address.",
        "In Postmark: Server, Message Stream, Webhooks, Add webhook. "
            + "Paste the address and choose all events.",
        "Enter the same user name and password under Basic auth credentials, and save.",
        "To join mails to people, send them with Metadata user_id or anonymous_id.",
    ];

    private static readonly string[] _shopify =
    [
        "Make a hook here and copy its address.",
        "In Shopify: Settings, Notifications, Webhooks. Create one for each of: cart creation "
            + "and update, checkout creation and update, order creation, payment, update and "
            + "cancellation. Choose JSON and paste the address.",
        "Copy the key that Shopify shows below the webhooks, and set it here as the check, "
            + "with the shop's domain.",
        "To join carts to visitors, paste the script of the guide into the theme.",
    ];

    private static readonly string[] _wooCommerce =
    [
        "Make up a long secret, make a hook here with it, and copy its address.",
        "In WooCommerce: Settings, Advanced, Webhooks, Add webhook, once for each of: order "
            + "created, order updated, order deleted, order restored.",
        "Paste the address as Delivery URL and the same secret as Secret, choose Active, and "
            + "save.",
        "To join orders to visitors, paste the lines of the guide into the theme.",
    ];

    private static readonly string[] _mailgun =
    [
        "In Mailgun: Sending, Webhooks. Copy the HTTP webhook signing key.",
        "Make a hook here with that key and copy its address.",
        "In Mailgun: Add webhook, once for each event. Paste the address and save.",
        "To join mails to people, send them with a variable v:user_id or v:anonymous_id.",
    ];

    /// <summary>A provider's own name.</summary>
    public static string NameOf(HookSource source) => source switch
    {
        HookSource.SendGrid => "SendGrid",
        HookSource.Postmark => "Postmark",
        HookSource.Mailgun => "Mailgun",
        HookSource.Shopify => "Shopify",
        _ => "WooCommerce",
    };

    /// <summary>What its requests are checked with.</summary>
    public static string CheckOf(HookProof proof) => proof.Sort switch
    {
        "public_key" => "Signature",
        "basic" => "User and password",
        "signing_key" => "Signing key",
        _ => "Secret address only",
    };

    /// <summary>What to do at the provider, step by step; the hook is made between them.</summary>
    public static IReadOnlyList<string> StepsOf(HookSource source) => source switch
    {
        HookSource.SendGrid => _sendGrid,
        HookSource.Postmark => _postmark,
        HookSource.Shopify => _shopify,
        HookSource.WooCommerce => _wooCommerce,
        _ => _mailgun,
    };

    /// <summary>Every text here, in English.</summary>
    public static IEnumerable<string> All =>
    [
        .. HookSources.All.SelectMany(StepsOf),
        "Signature", "User and password", "Signing key", "Secret address only",
    ];
}
