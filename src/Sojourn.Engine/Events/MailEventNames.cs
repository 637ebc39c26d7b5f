using System.Collections.Frozen;

namespace Sojourn.Events;

/// <summary>
/// What mail providers report besides opens and clicks. Source: docs/guide/mail.md.
/// </summary>
public static class MailEventNames
{
    /// <summary>The person wants no more mail.</summary>
    public const string Unsubscribe = "unsubscribe";

    /// <summary>The person wants mail again.</summary>
    public const string Resubscribe = "resubscribe";

    /// <summary>The person called the mail spam.</summary>
    public const string Complained = "email_complained";

    /// <summary>The provider took the mail.</summary>
    public const string Accepted = "email_accepted";

    /// <summary>The provider made the mail ready to send.</summary>
    public const string Processed = "email_processed";

    /// <summary>The receiving server put the mail off; it is tried again.</summary>
    public const string Deferred = "email_deferred";

    /// <summary>The receiving server took the mail.</summary>
    public const string Delivered = "email_delivered";

    /// <summary>The mail will never arrive.</summary>
    public const string Bounced = "email_bounced";

    /// <summary>The provider keeps a mail that came in.</summary>
    public const string Stored = "email_stored";

    /// <summary>Provider or sender stopped mail to an address.</summary>
    public const string Suppressed = "email_suppressed";

    /// <summary>Provider or sender allowed mail to an address again.</summary>
    public const string Unsuppressed = "email_unsuppressed";

    /// <summary>Something else a provider reports; its property <c>event</c> says what.</summary>
    public const string Other = "email_other";

    private static readonly FrozenSet<string> _ofProvider = FrozenSet.Create(
        StringComparer.Ordinal,
        Accepted, Processed, Deferred, Delivered, Bounced, Stored, Suppressed, Unsuppressed,
        Other);

    /// <summary>True for what a provider did by itself: no person did anything.</summary>
    public static bool IsOfProvider(string name) => _ofProvider.Contains(name);

    /// <summary>True for an event about a mail, which names the mail's address.</summary>
    public static bool IsOfMail(string name) =>
        name.StartsWith("email_", StringComparison.Ordinal) || name is Unsubscribe or Resubscribe;
}
