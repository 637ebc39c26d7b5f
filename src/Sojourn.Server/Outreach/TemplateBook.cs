using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>
/// A project's templates: those it saved, and those shipped that it did not change. One shipped
/// that was deleted stays away.
/// </summary>
internal sealed class TemplateBook(IStore store)
{
    /// <summary>Templates of one project.</summary>
    public const int TemplatesMax = 200;

    private const string Collection = "templates";

    // In place of a shipped template that is not wanted.
    private const string Deleted = "null";

    /// <summary>All of them, by channel and name. Cheap.</summary>
    public IReadOnlyList<MessageTemplate> ListOf(Project project)
    {
        var saved = store.ListDocuments(project.Id, Collection);
        var ids = saved.Select(one => one.Place.Id).ToHashSet();
        return
        [
            .. saved.Select(Read).OfType<MessageTemplate>()
                .Concat(StarterTemplates.All.Where(one => !ids.Contains(one.Id)))
                .OrderBy(one => MessageTemplate.Channels.ToList().IndexOf(one.Channel))
                .ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(one => one.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>One by its id, or null. Cheap.</summary>
    public MessageTemplate? Find(Project project, string id) =>
        !MessageTemplate.IsId(id) ? null
        : store.FindDocument(PlaceOf(project, id)) is { } saved ? Read(saved)
        : StarterTemplates.All.FirstOrDefault(one => one.Id == id);

    /// <summary>Saves one over the version its writer saw.</summary>
    /// <param name="project">The project.</param>
    /// <param name="template">What to keep; its version is the one seen, 0 = none.</param>
    /// <param name="cancel">Gives up waiting; what is stored stays.</param>
    public async Task<TemplateAnswer> PutAsync(
        Project project, MessageTemplate template, CancellationToken cancel)
    {
        if (template.FaultOf() is var (field, fault))
            return new(null, field, fault, IsStale: false);
        if (Find(project, template.Id) is null && ListOf(project).Count >= TemplatesMax)
        {
            return new(null, "id", new(
                $"There are {TemplatesMax} templates already.", "Delete one first."), false);
        }

        // Who makes one anew in place of a deleted one has seen none.
        var place = PlaceOf(project, template.Id);
        var before = store.FindDocument(place);
        var seen = before is { Json: Deleted } && template.Version == 0
            ? before.Version
            : template.Version;
        var answer = await store.PutDocumentAsync(place, seen, template.Write(), cancel);
        return answer switch
        {
            { Refusal: null } => new(Find(project, template.Id), null, null, IsStale: false),
            { Refusal: DocumentRefusal.Stale } =>
                new(Find(project, template.Id), null, null, IsStale: true),
            _ => new TemplateAnswer(
                null, "body", new("It is too long.", "Make it shorter."), IsStale: false),
        };
    }

    /// <summary>Deletes one; false when there is none or somebody changed it just now.</summary>
    public async Task<bool> DeleteAsync(Project project, string id, CancellationToken cancel)
    {
        if (Find(project, id) is not { } found)
            return false;

        var place = PlaceOf(project, id);
        var answer = StarterTemplates.All.Any(one => one.Id == id)
            ? await store.PutDocumentAsync(place, found.Version, Deleted, cancel)
            : await store.DeleteDocumentAsync(place, found.Version, cancel);
        return answer.Refusal is null;
    }

    private static DocumentPlace PlaceOf(Project project, string id) =>
        new(project.Id, Collection, id);

    private static MessageTemplate? Read(Document document) =>
        MessageTemplate.TryRead(document.Json, out var template)
            ? template with { Version = document.Version }
            : null;
}

/// <summary>How saving a template ended.</summary>
/// <param name="Template">As it is now, or null when there is none.</param>
/// <param name="Field">Which part is wrong; null when none is.</param>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
/// <param name="IsStale">True when somebody else saved first.</param>
internal sealed record TemplateAnswer(
    MessageTemplate? Template, string? Field, TemplateFault? Fault, bool IsStale);
