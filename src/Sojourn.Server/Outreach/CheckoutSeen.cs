using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Sessions;

namespace Sojourn.Server.Outreach;

/// <summary>A checkout, as far as it matters to whoever writes to its customer.</summary>
/// <param name="Session">The session.</param>
/// <param name="Checkout">What its events and staff tell.</param>
internal sealed record CheckoutSeen(Session Session, Checkout Checkout)
{
    /// <summary>The customer's address, in lower case; null when none is usable.</summary>
    public string? Address { get; } = MailAddresses.Read(Checkout.Customer.Email);

    /// <summary>True when a server told that address, not only a browser.</summary>
    public bool IsTrusted => Checkout.Customer.EmailVerified;

    /// <summary>True when a person made contact or talks with the customer.</summary>
    public bool StaffTookOver =>
        Checkout.Work.Status == CheckoutStatus.Negotiating
        || Checkout.Work.Contacts.Any(contact => !contact.By.StartsWith(
            OutreachContact.ActorPrefix, StringComparison.Ordinal));

    /// <summary>Who the customer is; unique in the project.</summary>
    public string Person =>
        Session.PersonId.Length > 0 ? Session.PersonId : Session.Id.ToString();

    /// <summary>When the form counts as left, microseconds; null when it does not.</summary>
    public long? AbandonedUs => AbandonedAt(Session);

    /// <summary>
    /// When a session counts as left unless more happens, microseconds; null when it is past
    /// that: ordered, given up or in somebody's hands.
    /// </summary>
    public static long? AbandonedAt(Session session) =>
        session.Lifecycle is { LaterStatus: CheckoutStatus.Abandoned } life
            ? life.UntilUs ?? session.LastEventUs
            : null;

    /// <summary>
    /// Until when the customer counts as being on the form unless more happens, microseconds.
    /// </summary>
    public long BackUntilUs(ProjectSettings settings) => AbandonedUs
        ?? Checkout.LastSeenUs + Micros.From(settings.AbandonAfter);

    /// <summary>What a message can say about it.</summary>
    /// <param name="nowUs">The time: a code that expired is not offered.</param>
    public MessageFacts FactsAt(long nowUs) => new()
    {
        Name = Checkout.Customer.Name,
        Product = Checkout.Lines is [var first, ..] ? first.Name : null,
        Quantity = Checkout.Lines.Count == 0 ? null : Checkout.Lines.Sum(line => line.Quantity),
        Value = Checkout.Value,
        Code = Checkout.Work.CodeAt(nowUs),
        Assignee = Checkout.Work.Assignee,
    };
}
