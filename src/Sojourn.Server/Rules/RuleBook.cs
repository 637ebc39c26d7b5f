using System.Globalization;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Storage;

namespace Sojourn.Server.Rules;

/// <summary>A project's rules: what is in force, what was, and how they change.</summary>
internal sealed class RuleBook(IStore store, TimeProvider clock)
{
    private const string Past = "rule-versions";

    /// <summary>The version in force; version 0 is the shipped set.</summary>
    public RuleText Current(Project project, RuleSet set) =>
        store.FindDocument(RuleSets.PlaceOf(project.Id, set.Name)) is { } saved
            ? new RuleText(saved.Version, saved.Json)
            : new RuleText(0, set.Shipped);

    /// <summary>Every version that was saved, newest first.</summary>
    public IReadOnlyList<RuleVersion> Versions(Project project, RuleSet set) =>
    [
        .. store.ListDocuments(project.Id, Past)
            .Where(one => one.Place.Id.StartsWith(set.Name + ".", StringComparison.Ordinal))
            .Select(one => JsonSerializer.Deserialize<RuleVersion>(one.Json)!) // We wrote it.
            .OrderByDescending(one => one.Version),
    ];

    /// <summary>
    /// Puts other rules in force: on return all sessions follow them. Nothing is changed when
    /// they are refused.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="set">Which set.</param>
    /// <param name="seen">The version the asker changed.</param>
    /// <param name="json">The whole set.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancel">Gives up waiting; what is stored stays.</param>
    public async Task<RuleAnswer> SaveAsync(
        Project project, RuleSet set, int seen, string json, string by, CancellationToken cancel)
    {
        if (set.FaultOf(json) is { } fault)
            return new RuleAnswer(Current(project, set), fault, IsStale: false);

        var answer = await store.PutDocumentAsync(
            RuleSets.PlaceOf(project.Id, set.Name), seen, json, cancel);
        if (answer.Refusal == DocumentRefusal.TooLarge)
        {
            return new RuleAnswer(
                Current(project, set),
                new(RuleFault.Invalid, "", "The rules are too long.",
                    $"Use up to {Document.BytesMax / 1024} KiB."),
                IsStale: false);
        }

        if (answer.Refusal is not null)
            return new RuleAnswer(Current(project, set), null, IsStale: true);

        await RememberAsync(
            project, set, new RuleVersion(seen + 1, by, clock.NowUs(), json), cancel);
        return new RuleAnswer(Current(project, set), null, IsStale: false);
    }

    // The set itself is what counts; were this cut off, only who saved it would be unknown.
    private Task<DocumentAnswer> RememberAsync(
        Project project, RuleSet set, RuleVersion version, CancellationToken cancel)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{set.Name}.{version.Version:D6}");
        return store.PutDocumentAsync(
            new(project.Id, Past, id), 0, JsonSerializer.Serialize(version), cancel);
    }
}

/// <summary>A set as it was saved once.</summary>
/// <param name="Version">Counted from 1.</param>
/// <param name="By">Who saved it.</param>
/// <param name="AtUs">When, microseconds UTC.</param>
/// <param name="Json">The set.</param>
public sealed record RuleVersion(int Version, string By, long AtUs, string Json);

/// <summary>How saving ended.</summary>
/// <param name="Current">What is in force now.</param>
/// <param name="Fault">What is wrong with what was sent; null when nothing is.</param>
/// <param name="IsStale">True when somebody else saved first.</param>
internal sealed record RuleAnswer(RuleText Current, RuleFault? Fault, bool IsStale);
