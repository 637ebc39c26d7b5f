using Sojourn.Events;

namespace Sojourn.Kinds.Checkouts.Recovery;

/// <summary>Why an order counts as recovered.</summary>
/// <param name="By">What credits it: <c>contact</c>, <c>code</c>, <c>link</c>, <c>hand</c>.</param>
/// <param name="Evidence">The id of the action or event that does.</param>
/// <param name="AtUs">When that was, microseconds UTC.</param>
/// <param name="Agent">Who did it; null = nobody of staff.</param>
/// <param name="Channel">How the customer was reached; null = not told.</param>
/// <param name="Code">The code it was ordered with, or null.</param>
public sealed record Credit(
    string By, string Evidence, long AtUs, string? Agent, string? Channel, string? Code)
{
    /// <summary>The credit of a checkout; null when nothing credits staff.</summary>
    public static Credit? Of(Checkout checkout, RecoverySet rules)
    {
        var work = checkout.Work;
        if (work.RecoveredBy is { } mark)
        {
            return new("hand", mark.ActionId, mark.AtUs, mark.By,
                work.Contacts.LastOrDefault(one => one.AtUs <= mark.AtUs)?.Channel, null);
        }

        if (checkout.Order is not { } order)
            return null;

        var contact = work.Contacts.LastOrDefault(one => one.AtUs <= order.AtUs);
        var found = rules.Credit switch
        {
            CreditRule.WithinDays => WithinDays(contact, order, rules.Days),
            CreditRule.LinkOrCode => LinkOrCode(work, order, contact),
            _ => null,
        };
        var redeemed = work.Discounts.FirstOrDefault(one => one.IsRedeemedBy(order));
        return found is null ? null : found with { Code = redeemed?.Code };
    }

    private static Credit? WithinDays(Contact? contact, CheckoutOrder order, int days) =>
        contact is not null
            && order.AtUs - contact.AtUs <= Micros.From(TimeSpan.FromDays(days))
            ? new("contact", contact.ActionId, contact.AtUs, contact.By, contact.Channel, null)
            : null;

    private static Credit? LinkOrCode(
        CheckoutWork work, CheckoutOrder order, Contact? contact)
    {
        if (work.Discounts.FirstOrDefault(one => one.IsRedeemedBy(order)) is { } code)
            return new("code", code.ActionId, code.AtUs, code.By, contact?.Channel, code.Code);

        return work.Clicks.LastOrDefault(one => one.AtUs <= order.AtUs) is { } click
            ? new("link", click.EventId, click.AtUs, contact?.By,
                click.Channel ?? contact?.Channel, null)
            : null;
    }
}
