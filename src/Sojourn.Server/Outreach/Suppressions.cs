using Sojourn.Events;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>The addresses that a project writes to no more, and how they get there.</summary>
internal sealed class Suppressions(IStore store, AddressKeys keys, TimeProvider clock)
{
    /// <summary>The customer asked for it by the link in a mail.</summary>
    public const string OptOut = "opt_out";

    /// <summary>Staff put it there.</summary>
    public const string ByStaff = "staff";

    /// <summary>The latest of a project, newest first.</summary>
    public Task<IReadOnlyList<SuppressedAddress>> ListAsync(
        Project project, CancellationToken cancel) =>
        store.Outbox.ListSuppressedAsync(project.Id, cancel);

    /// <summary>Why nothing goes to an address, or null when it may.</summary>
    public async Task<SuppressedAddress?> FindAsync(
        Project project, string address, CancellationToken cancel) =>
        await store.Outbox.FindSuppressedAsync(
            project.Id, await keys.KeyOfAsync(project.Id, address, cancel), cancel);

    /// <summary>Writes to an address no more.</summary>
    /// <param name="project">The project.</param>
    /// <param name="address">As <see cref="MailAddresses.Read"/> gives it.</param>
    /// <param name="why">Why, in a stable word.</param>
    /// <param name="by">Who or what asks.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task AddAsync(
        string project, string address, string why, string by, CancellationToken cancel) =>
        await store.Outbox.SuppressAsync(
            new SuppressedAddress(
                project, await keys.KeyOfAsync(project, address, cancel),
                MailAddresses.Masked(address), why, by, clock.NowUs()),
            cancel);

    /// <summary>Writes to an address again; false when it did.</summary>
    public Task<bool> RemoveAsync(Project project, string addressKey, CancellationToken cancel) =>
        store.Outbox.UnsuppressAsync(project.Id, addressKey, cancel);

    /// <summary>
    /// Heeds what a mail provider told: a person who wants no mail, called it spam, or whom it
    /// cannot reach. Wanting mail again is for staff to decide.
    /// </summary>
    public async Task HeedAsync(
        Project project, IEnumerable<Event> told, string source, CancellationToken cancel)
    {
        foreach (var e in told)
        {
            if (e.Name is MailEventNames.Unsubscribe or MailEventNames.Complained
                    or MailEventNames.Bounced or MailEventNames.Suppressed
                && MailAddresses.Read(e.Properties.Text("email")) is { } address)
            {
                await AddAsync(project.Id, address, e.Name, source, cancel);
            }
        }
    }
}
