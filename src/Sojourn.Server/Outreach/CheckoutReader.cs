using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>Looks checkouts up, and whether their customers bought.</summary>
internal sealed class CheckoutReader(IStore store)
{
    private static readonly int ConfirmedAt =
        CheckoutLens.Checkouts.Fields.ToList().IndexOf(CheckoutFields.Confirmed);

    /// <summary>A checkout, or null when there is none of that id.</summary>
    public async Task<CheckoutSeen?> FindAsync(
        string project, SessionId id, CancellationToken cancel)
    {
        var found = await store.FindSessionAsync(project, id, cancel);
        return found is { Detail: Checkout checkout } ? new CheckoutSeen(found, checkout) : null;
    }

    /// <summary>Whether a customer bought since a checkout began, there or anywhere.</summary>
    public async Task<OrderSeen> OrderOfAsync(
        string project, CheckoutSeen seen, long nowUs, CancellationToken cancel)
    {
        if (seen.Checkout.Order is { } order)
            return order.Confirmed ? OrderSeen.Confirmed : OrderSeen.Claimed;
        if (seen.Session.Lifecycle.StatusAt(nowUs) is CheckoutStatus.Recovered
            or CheckoutStatus.Converted)
        {
            return OrderSeen.Confirmed;
        }

        var ordered = new SessionQuery
        {
            Lens = CheckoutLens.Checkouts,
            Filters =
            [
                new AnyOf(CommonFields.Status,
                    [CheckoutStatus.Recovered, CheckoutStatus.Converted]),
                new Between(CommonFields.LastEvent, seen.Session.StartedUs, null),
            ],
            Archived = true,
            WithFacets = false,
            Limit = 10,
        };
        var byAddress = seen.Address is null
            ? OrderSeen.None
            : await AskAsync(project, ordered with { Text = seen.Address }, cancel);
        return byAddress == OrderSeen.Confirmed || seen.Session.PersonId.Length == 0
            ? byAddress
            : Greater(byAddress, await OfPersonAsync(project, seen, ordered, cancel));
    }

    private async Task<OrderSeen> OfPersonAsync(
        string project, CheckoutSeen seen, SessionQuery ordered, CancellationToken cancel)
    {
        var person = seen.Session.PersonId;
        var elsewhere = await AskAsync(
            project,
            ordered with
            {
                Filters = [.. ordered.Filters, new AnyOf(CommonFields.Person, [person])],
            },
            cancel);
        if (elsewhere == OrderSeen.Confirmed)
            return elsewhere;

        // An order need not belong to a checkout that we know.
        var alone = await store.EventsAsync(
            project,
            new EventQuery
            {
                Person = person,
                Names = ["order_submitted"],
                FromUs = seen.Session.StartedUs,
                Limit = 10,
            },
            cancel);
        return alone.Items
            .Where(one => one.Event.Properties.Text("checkout_id") is null)
            .Select(one => one.Event.Trust == Trust.Claimed
                ? OrderSeen.Claimed
                : OrderSeen.Confirmed)
            .Append(elsewhere)
            .Max();
    }

    private async Task<OrderSeen> AskAsync(
        string project, SessionQuery query, CancellationToken cancel)
    {
        var found = await store.QueryAsync(project, query, cancel);
        return found.Items
            .Select(one => one.Values[ConfirmedAt] as string == "false"
                ? OrderSeen.Claimed
                : OrderSeen.Confirmed)
            .DefaultIfEmpty(OrderSeen.None)
            .Max();
    }

    private static OrderSeen Greater(OrderSeen one, OrderSeen other) =>
        one > other ? one : other;
}
