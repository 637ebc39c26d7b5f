using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Rules;

/// <summary>Plays history under other rules and compares.</summary>
internal sealed class RulePreviews(IStore store, TimeProvider clock)
{
    /// <summary>Most days that a preview can be asked for.</summary>
    public const int DaysMax = 3650;

    /// <summary>Compares; nothing is changed.</summary>
    /// <param name="project">The project.</param>
    /// <param name="set">The set that would be another.</param>
    /// <param name="json">That other set; it has been checked.</param>
    /// <param name="days">Only sessions that began in so many days; null = all.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<RulePreview> RunAsync(
        Project project, RuleSet set, string json, int? days, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        var settings = store.SettingsOf(project.Id);
        var version = settings.Rules.GetValueOrDefault(set.Name)?.Version ?? 0;
        var rules = settings.Rules.ToDictionary();
        rules[set.Name] = new RuleText(version + 1, json);

        var now = clock.NowUs();
        var comparison = new RuleComparison(
            set.Lens, now, days is { } some ? now - Micros.From(TimeSpan.FromDays(some)) : null);
        var everything = new SessionQuery
        {
            Lens = set.Lens,
            Suppressed = SuppressedView.All,
            Archived = true,
        };
        await foreach (var session in store.ExportAsync(project.Id, everything, cancel))
            comparison.Before(session);
        await foreach (var session in store.ReplayAsync(
            project.Id, settings with { Rules = rules }, set.Lens, cancel))
        {
            comparison.After(session);
        }

        return comparison.Result(clock.GetElapsedTime(start));
    }
}
