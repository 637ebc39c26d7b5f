using Sojourn.Server.Api;
using Sojourn.Server.Outreach;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Outreach;

/// <summary>Gathers what the page of outreach shows.</summary>
internal sealed class OutreachDesk(
    PageContext here, IStore store, OutreachBook book, TemplateBook templates,
    Suppressions suppressed, ServerSetup setup, IHttpContextAccessor http)
{
    /// <summary>All of it, as it is now.</summary>
    public async Task<OutreachScreen> LoadAsync()
    {
        var (project, cancel) = (here.Project, http.HttpContext!.RequestAborted);
        var (version, settings) = book.Current(project);
        return new OutreachScreen
        {
            Sends = setup.Mail is not null,
            Version = version,
            Settings = settings,
            Text = OutreachPages.TextOf(version, settings),
            Templates = templates.ListOf(project),
            Messages = await store.Outbox.ListAsync(project.Id, new OutboxQuery(), cancel),
            Counts = await store.Outbox.CountAsync(project.Id, cancel),
            Suppressed = await suppressed.ListAsync(project, cancel),
        };
    }
}
