using System.Runtime.CompilerServices;
using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>What projects decided about outreach, kept as documents.</summary>
internal sealed class OutreachBook(IStore store, TemplateBook templates)
{
    private const string Collection = "outreach";
    private const string Id = "settings";

    private readonly ConditionalWeakTable<Document, OutreachSettings> _read = [];

    /// <summary>What holds for a project now, and its version; 0 = nothing was saved.</summary>
    public (int Version, OutreachSettings Settings) Current(Project project) =>
        store.FindDocument(PlaceOf(project)) is { } saved
            ? (saved.Version, _read.GetValue(saved, Read))
            : (0, OutreachSettings.Default);

    /// <summary>Puts other settings in force, over the version their writer saw.</summary>
    public async Task<OutreachAnswer> SaveAsync(
        Project project, int seen, string json, CancellationToken cancel)
    {
        var settings = OutreachSettings.Read(json, out var fault);
        fault ??= TemplateFaultOf(project, settings!); // Without a fault there are settings.
        if (fault is not null)
            return new OutreachAnswer(fault, IsStale: false);

        var answer = await store.PutDocumentAsync(
            PlaceOf(project), seen, settings!.Write(), cancel);
        return answer.Refusal switch
        {
            null => new OutreachAnswer(null, IsStale: false),
            DocumentRefusal.Stale => new OutreachAnswer(null, IsStale: true),
            _ => new OutreachAnswer(
                new OutreachFault("", "This is too long.", "Use fewer rules."), IsStale: false),
        };
    }

    private OutreachFault? TemplateFaultOf(Project project, OutreachSettings settings) =>
        settings.Rules
            .SelectMany(rule => rule.Steps)
            .Where(step => templates.Find(project, step.Template) is not
            { Channel: MessageTemplate.Email })
            .Select(step => new OutreachFault(
                "rules", $"There is no e-mail template {step.Template}.",
                "Make it first, or name another."))
            .Concat(settings.OneTap
                .Where(one => templates.Find(project, one.Value)?.Channel != one.Key)
                .Select(one => new OutreachFault(
                    "one_tap", $"There is no template {one.Value} for {one.Key}.",
                    "Make it first, or name another.")))
            .FirstOrDefault();

    private static DocumentPlace PlaceOf(Project project) => new(project.Id, Collection, Id);

    // Documents never change, so each is read once.
    private static OutreachSettings Read(Document saved) =>
        OutreachSettings.Read(saved.Json, out _)
        ?? throw new InvalidOperationException($"{saved.Place} holds no settings.");
}

/// <summary>How saving settings ended; all is well when there is no fault.</summary>
/// <param name="Fault">What is wrong with them; null when nothing is.</param>
/// <param name="IsStale">True when somebody else saved first.</param>
internal sealed record OutreachAnswer(OutreachFault? Fault, bool IsStale);
