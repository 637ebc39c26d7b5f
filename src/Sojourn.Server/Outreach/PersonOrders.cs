using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>
/// Who ordered when, found as <see cref="CheckoutReader"/> finds it: in the checkout, under the
/// address, or by the person, in whichever session; for many people at once.
/// </summary>
internal sealed class PersonOrders
{
    private readonly Dictionary<string, List<PersonOrder>> _of = new(StringComparer.Ordinal);

    /// <summary>All confirmed orders of a time.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="project">The project's id.</param>
    /// <param name="fromUs">The first instant, microseconds UTC.</param>
    /// <param name="toUs">The last, included.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<PersonOrders> ReadAsync(
        IStore store, string project, long fromUs, long toUs, CancellationToken cancel)
    {
        var read = new PersonOrders();
        var ordered = new SessionQuery
        {
            Lens = CheckoutLens.Checkouts,
            Filters = [new Between(CheckoutFields.Ordered, fromUs, toUs)],
            Archived = true,
            WithFacets = false,
        };
        await foreach (var session in store.ExportAsync(project, ordered, cancel))
            read.Add(session);

        // An order need not belong to a checkout that we know.
        var alone = new EventQuery
        {
            Names = ["order_submitted"],
            FromUs = fromUs,
            ToUs = toUs + 1,
            Limit = EventQuery.LimitMax,
        };
        for (string? next = null; ;)
        {
            var found = await store.EventsAsync(project, alone with { Cursor = next }, cancel);
            foreach (var one in found.Items)
                read.Add(one.Event);
            if ((next = found.Next) is null)
                return read;
        }
    }

    /// <summary>The first order of whoever was decided about, after that and in time.</summary>
    /// <param name="decision">Who, and when.</param>
    /// <param name="untilUs">The last instant that counts, microseconds UTC.</param>
    public PersonOrder? FirstOf(OutboxDecision decision, long untilUs)
    {
        string[] keys =
        [
            OfSession(decision.Session), OfAddress(decision.Address), OfPerson(decision.Person),
        ];
        return keys
            .SelectMany(key => _of.GetValueOrDefault(key) ?? [])
            .Where(order => order.AtUs > decision.Arm.DecidedUs && order.AtUs <= untilUs)
            .MinBy(order => order.AtUs);
    }

    private static string OfSession(string id) => "session " + id;

    private static string OfAddress(string address) => "address " + address;

    private static string OfPerson(string id) => "person " + id;

    private void Add(Session session)
    {
        // The list has only those with an order.
        var order = new PersonOrder(
            CheckoutFields.Read<long>(session, CheckoutFields.Ordered), session.Id.ToString());
        Add(OfSession(order.Session!), order);
        var told = CheckoutFields.Read<string>(session, CheckoutFields.Email);
        if (MailAddresses.Read(told) is { } address)
            Add(OfAddress(address), order);
        if (session.PersonId.Length > 0)
            Add(OfPerson(session.PersonId), order);
    }

    private void Add(Event e)
    {
        if (e.Trust != Trust.Claimed && e.UserId is { } person
            && e.Properties.Text("checkout_id") is null)
        {
            Add(OfPerson(person), new PersonOrder(e.TimeUs, null));
        }
    }

    private void Add(string key, PersonOrder order)
    {
        if (!_of.TryGetValue(key, out var orders))
            _of[key] = orders = [];
        orders.Add(order);
    }
}

/// <summary>An order of a person.</summary>
/// <param name="AtUs">When it was placed, microseconds UTC.</param>
/// <param name="Session">Its checkout; null when none is known.</param>
public sealed record PersonOrder(long AtUs, string? Session);
