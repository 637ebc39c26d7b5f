using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Server.Outreach;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>Reads what messages written by hand are made of.</summary>
internal sealed class MessageBooks(
    IStore store, TemplateBook templates, OutreachBook settings, RecoveryLinks links)
{
    /// <summary>Codes looked up for one page; further cards name none.</summary>
    private const int CodesMax = 100;

    /// <summary>A project's messages, as they are now.</summary>
    /// <param name="project">The project.</param>
    /// <param name="writer">The language of who writes, e.g. <c>ar</c>.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<MessageBook> OpenAsync(
        Project project, string writer, CancellationToken cancel) => new(
            project, settings.Current(project).Settings, templates.ListOf(project),
            await links.WriterAsync(cancel), writer);

    /// <summary>
    /// The codes that one-tap messages name. A list does not tell a code, so checkouts are
    /// looked up for it, but only those that have one where a template asks for it.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="book">Its messages.</param>
    /// <param name="cards">The cards shown.</param>
    /// <param name="nowUs">The time: a code that expired is not offered.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyDictionary<string, Discount>> CodesAsync(
        Project project, MessageBook book, IEnumerable<SessionRow> cards, long nowUs,
        CancellationToken cancel)
    {
        var codes = new Dictionary<string, Discount>(StringComparer.Ordinal);
        foreach (var row in cards.Where(book.NeedsCode).Take(CodesMax))
        {
            var found = await store.FindSessionAsync(project.Id, row.Session.Id, cancel);
            if (found is { Detail: Checkout checkout } && checkout.Work.CodeAt(nowUs) is { } code)
                codes[row.Id] = code;
        }

        return codes;
    }
}
