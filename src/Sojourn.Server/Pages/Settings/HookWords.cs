using Sojourn.Ingest.Mail;
using Sojourn.Server.Api.Hooks;

namespace Sojourn.Server.Pages.Settings;

/// <summary>Hooks in words.</summary>
internal static class HookWords
{
    /// <summary>A provider's own name.</summary>
    public static string NameOf(MailSource source) => source switch
    {
        MailSource.SendGrid => "SendGrid",
        MailSource.Postmark => "Postmark",
        _ => "Mailgun",
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
    public static IReadOnlyList<string> StepsOf(MailSource source) => source switch
    {
        MailSource.SendGrid =>
        [
            "Make a hook here and copy its address.",
            "In SendGrid: Settings, Mail Settings, Event Webhooks, Create. "
                + "Paste the address as Post URL and choose all events.",
            "Switch Signed Event Webhook on, save, copy the verification key, and set it here.",
            "To join mails to people, send them with a custom argument user_id or anonymous_id.",
        ],
        MailSource.Postmark =>
        [
            "Make up a user name and a password, make a hook here with them, and copy its address.",
            "In Postmark: Server, Message Stream, Webhooks, Add webhook. "
                + "Paste the address and choose all events.",
            "Enter the same user name and password under Basic auth credentials, and save.",
            "To join mails to people, send them with Metadata user_id or anonymous_id.",
        ],
        _ =>
        [
            "In Mailgun: Sending, Webhooks. Copy the HTTP webhook signing key.",
            "Make a hook here with that key and copy its address.",
            "In Mailgun: Add webhook, once for each event. Paste the address and save.",
            "To join mails to people, send them with a variable v:user_id or v:anonymous_id.",
        ],
    };

    /// <summary>Every text here, in English.</summary>
    public static IEnumerable<string> All =>
    [
        .. MailSources.All.SelectMany(StepsOf),
        "Signature", "User and password", "Signing key", "Secret address only",
    ];
}
