using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>Shows what a template would say, before anybody gets it.</summary>
internal sealed class TemplatePreviews(
    IStore store, CheckoutReader reader, OutreachBook book, RecoveryLinks links,
    TimeProvider clock)
{
    /// <summary>
    /// A template with the values of the newest checkout that was left; without one, with the
    /// shop's name alone.
    /// </summary>
    /// <param name="project">Whose it is.</param>
    /// <param name="template">One without a fault.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<TemplatePreview> RunAsync(
        Project project, MessageTemplate template, CancellationToken cancel)
    {
        if (!Template.TryParse(template.Subject, out var subject, out _)
            || !Template.TryParse(template.Body, out var body, out _))
        {
            throw new ArgumentException("It has a fault.", nameof(template));
        }

        var settings = book.Current(project).Settings;
        var seen = await NewestAsync(project, cancel);
        var values = seen?.FactsAt(clock.NowUs()).Values(
                project, settings, () => links.Example)
            ?? new() { [TemplateVariables.Shop] = settings.NameOf(project) };
        return new TemplatePreview(
            OutreachComposer.SubjectOf(subject, values),
            body.Render(values).Trim(),
            [.. subject.Missing(values).Union(body.Missing(values))],
            seen?.Session.Id.ToString());
    }

    private async Task<CheckoutSeen?> NewestAsync(Project project, CancellationToken cancel)
    {
        var left = new SessionQuery
        {
            Lens = CheckoutLens.Checkouts,
            Filters = [new AnyOf(CommonFields.Status, [CheckoutStatus.Abandoned])],
            WithFacets = false,
            Limit = 1,
        };
        var found = await store.QueryAsync(project.Id, left, cancel);
        return found.Items is [var newest, ..]
            ? await reader.FindAsync(project.Id, newest.Id, cancel)
            : null;
    }
}

/// <summary>What a template would say.</summary>
/// <param name="Subject">With values; empty where the channel has none.</param>
/// <param name="Body">With values.</param>
/// <param name="Missing">Variables without a value or words to stand in: it would not go.</param>
/// <param name="Session">The checkout that the values are of; null = there is none.</param>
public sealed record TemplatePreview(
    string Subject, string Body, IReadOnlyList<string> Missing, string? Session);
