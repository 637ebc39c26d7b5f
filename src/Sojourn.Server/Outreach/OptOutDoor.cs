using Sojourn.Server.Api;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>What the link in a mail opens.</summary>
internal sealed class OptOutDoor(
    IStore store, AddressKeys keys, Suppressions suppressions, OutreachBook book,
    TemplateBook templates)
{
    private const string Customer = "customer";

    /// <summary>The mail whose link ends with a token, or null.</summary>
    public async Task<OpenedMail?> FindAsync(string token, CancellationToken cancel)
    {
        if (await keys.RowOfAsync(token, cancel) is not { } id
            || await store.Outbox.FindAsync(id, cancel) is not { } row
            || store.FindProject(row.Project) is not { } project)
        {
            return null;
        }

        return new OpenedMail(
            row,
            book.Current(project).Settings.NameOf(project),
            templates.Find(project, row.Template)?.Language.Split('-')[0] ?? "");
    }

    /// <summary>True when nothing is written to its address any more.</summary>
    public async Task<bool> IsOutAsync(OpenedMail mail, CancellationToken cancel) =>
        await store.Outbox.FindSuppressedAsync(mail.Row.Project, mail.Row.AddressKey, cancel)
            is not null;

    /// <summary>Writes to its address no more; doing it again changes nothing.</summary>
    public Task OptOutAsync(OpenedMail mail, CancellationToken cancel) => suppressions.AddAsync(
        mail.Row.Project, mail.Row.Address, Suppressions.OptOut, Customer, cancel);
}

/// <summary>A mail whose link somebody opened.</summary>
/// <param name="Row">The message.</param>
/// <param name="Shop">Who wrote.</param>
/// <param name="Language">Its language, e.g. <c>ar</c>; empty = unknown. Source: BCP 47.</param>
internal sealed record OpenedMail(OutboxRow Row, string Shop, string Language);
