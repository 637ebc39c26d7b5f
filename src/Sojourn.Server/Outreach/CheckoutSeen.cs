using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Sessions;
using Sojourn.Storage;

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

    /// <summary>What a template says about it.</summary>
    /// <param name="project">Whose it is.</param>
    /// <param name="settings">What the project decided.</param>
    /// <param name="nowUs">The time: a code that expired is not offered.</param>
    public Dictionary<string, string?> Values(
        Project project, OutreachSettings settings, long nowUs)
    {
        var code = Checkout.Work.Discounts.LastOrDefault(one => !(one.ExpiresUs <= nowUs));
        return new()
        {
            [TemplateVariables.CustomerName] = Checkout.Customer.Name,
            [TemplateVariables.FirstName] = Checkout.Customer.Name?.Split(
                ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .FirstOrDefault(),
            [TemplateVariables.Product] = Checkout.Lines is [var first, ..] ? first.Name : null,
            [TemplateVariables.Quantity] = Checkout.Lines.Count == 0
                ? null
                : Checkout.Lines.Sum(line => line.Quantity).ToString(
                    "0.###", CultureInfo.InvariantCulture),
            [TemplateVariables.Total] = Checkout.Value?.Amount,
            [TemplateVariables.Currency] = Checkout.Value?.Currency,
            [TemplateVariables.Shop] = settings.NameOf(project),
            [TemplateVariables.DiscountCode] = code?.Code,
            [TemplateVariables.CodeExpires] = code?.ExpiresUs is { } ends
                ? TimeZoneInfo.ConvertTime(
                    Micros.ToTime(ends), ProjectZone.Of(project.Settings)).ToString(
                    "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                : null,
            [TemplateVariables.Agent] = Checkout.Work.Assignee,
            [TemplateVariables.RecoveryLink] = settings.RecoveryUrl?.Replace(
                "{checkout_id}", Uri.EscapeDataString(Checkout.CheckoutId),
                StringComparison.Ordinal),
        };
    }
}
