using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Rules;

/// <summary>Why a lead has its score: its visits, each with the events that gave points.</summary>
/// <param name="Score">The score now, decay included; null without scoring rules.</param>
/// <param name="Level">The level of that score; null without scoring rules.</param>
/// <param name="Visits">The latest visits, newest first, at most <see cref="VisitsMax"/>.</param>
/// <param name="Total">All its visits that count.</param>
internal sealed record LeadStory(
    long? Score, string? Level, IReadOnlyList<Session> Visits, long Total)
{
    /// <summary>Most visits that are told.</summary>
    public const int VisitsMax = 100;

    /// <summary>The story of a person, user or device; null when there is no visit.</summary>
    public static async Task<LeadStory?> FindAsync(
        IStore store, Project project, string person, long nowUs, CancellationToken cancel)
    {
        var query = new SessionQuery
        {
            Lens = VisitLenses.Leads,
            Filters = [new AnyOf(CommonFields.Person, [person])],
            Limit = VisitsMax,
            WithFacets = false,
        };
        var page = await store.QueryAsync(project.Id, query, cancel);
        if (page.Total == 0)
            return null;

        var visits = new List<Session>();
        foreach (var row in page.Items)
        {
            if (await store.FindSessionAsync(project.Id, row.Id, cancel) is { } session)
                visits.Add(session);
        }

        var scoring = ScoringOf(store.SettingsOf(project.Id));
        var score = visits is [{ Detail: Visit { Lead: { } lead } }, ..]
            ? lead.At(Math.Max(nowUs, lead.AtUs), scoring.HalfLifeDays).Score
            : (long?)null;
        return new LeadStory(
            score, score is { } known ? scoring.LevelOf(known) : null, visits, page.Total);
    }

    private static ScoringSet ScoringOf(ProjectSettings settings) =>
        RuleJson.Read(settings.Rules.GetValueOrDefault(ScoringSet.Name), ScoringSet.Default);
}
