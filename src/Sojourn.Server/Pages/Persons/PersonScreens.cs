using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Debugging;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Persons;

/// <summary>Asks everything a person's page shows.</summary>
internal sealed class PersonScreens(
    IStore store, People people, Merging merging, Api.Lenses lenses, LensPages pages,
    PageContext here)
{
    private const int ScoresMax = 50;

    /// <summary>The screen of a person; null when there is no such person.</summary>
    public async Task<PersonScreen?> LoadAsync(
        string id, ListAddress address, CancellationToken cancel)
    {
        var (query, notices) = Read(address);
        var person = await people.FindAsync(here.Project.Id, id, query, cancel);
        if (person is null)
            return null;

        var bare = new PersonScreen { Address = address, Person = person, Query = query };
        if (person.Id != id)
            return bare;

        var page = await people.SessionsAsync(here.Project.Id, id, query, cancel);
        if (address.Value(PersonScreen.Merged) is { } merged)
            notices.Add(here.Language.Format("“{0}” is part of this person now.", merged));
        return bare with
        {
            Sessions = await ToldAsync(page, cancel),
            Counts = [.. page.Counts.Select(one => (PageOf(one.Lens), one.Count))],
            Next = page.Next,
            Bought = await BoughtAsync(id, query, cancel),
            Scores = ScoresOf(person),
            Merge = await MergeAsync(id, address.Value(PersonScreen.With), cancel),
            LeftOut = await LeftOutAsync(id, query, page, cancel),
            Notices = notices,
        };
    }

    // What is not understood is left out and named, so that a page is shown in any case.
    private (PersonQuery, List<string>) Read(ListAddress address)
    {
        var notices = new List<string>();
        var parameters = address.Parameters
            .Where(one => one.Key is not (PersonScreen.Merged or PersonScreen.With or "limit"))
            .ToList();
        while (true)
        {
            if (PersonQuery.TryRead(parameters, lenses.OfPeople, out var query, out var fault))
                return (query, notices);

            notices.Add(FaultWords.Of(here.Language, fault));
            parameters.RemoveAll(one => one.Key == fault.Field);
        }
    }

    private async Task<IReadOnlyList<ToldSession>> ToldAsync(
        PersonStory page, CancellationToken cancel)
    {
        var told = new List<ToldSession>();
        foreach (var (lens, session) in page.Items)
        {
            // Only a session that staff did something to has a version.
            var story = session.Version == 0 ? null : await store.TimelineAsync(
                here.Project.Id, session.Id, null, 1, cancel);
            told.Add(new ToldSession(
                PageOf(lens), new SessionRow(lens, session), story?.Actions ?? []));
        }

        return told;
    }

    private async Task<IReadOnlyList<Purchases>> BoughtAsync(
        string id, PersonQuery query, CancellationToken cancel)
    {
        var bought = new List<Purchases>();
        foreach (var page in lenses.OfPeople.Select(PageOf))
        {
            if (page.Telling is not { Bought.Count: > 0 } telling)
                continue;

            var found = await store.QueryAsync(
                here.Project.Id,
                new SessionQuery
                {
                    Lens = page.Lens,
                    Filters =
                    [
                        new AnyOf(CommonFields.Person, [id]),
                        new AnyOf(CommonFields.Status, telling.Bought),
                    ],
                    Suppressed = query.Suppressed,
                    Archived = query.Archived,
                    Limit = SessionQuery.LimitMax,
                    WithFacets = false,
                },
                cancel);
            if (found.Total > 0)
                bought.Add(new Purchases(page, found.Total, Sums(page.Lens, found)));
        }

        return bought;
    }

    // Nothing is said of amounts when not all of them were read.
    private static IReadOnlyList<Money> Sums(Lens lens, SessionPage found) =>
        found.Total > found.Items.Count
            ? []
            :
            [
                .. found.Items
                    .Select(session => new PersonSession(lens, session).Value("value"))
                    .OfType<Money>()
                    .GroupBy(money => money.Currency)
                    .Select(one => new Money(one.Sum(money => money.MinorUnits), one.Key)),
            ];

    private async Task<MergeScreen?> MergeAsync(
        string id, string? with, CancellationToken cancel)
    {
        if (with?.Trim() is not { Length: > 0 } other)
            return null;

        var project = here.Project.Id;
        var (plan, problem) = await merging.PlanAsync(
            project, id, other, here.Caller.Actor, cancel);
        return plan is null
            ? new MergeScreen(other, null, [], null, problem?.Title)
            : new MergeScreen(
                other,
                plan.Kept.Person,
                plan.Moved.Identities,
                await merging.PreviewAsync(project, plan, cancel),
                null);
    }

    private IReadOnlyList<ScoreStep> ScoresOf(PersonFound person) =>
    [
        .. (from one in person.Latest
            let score = one.Value("score") as long?
            where score is not null
            orderby one.Session.StartedUs descending
            select new ScoreStep(
                one.Session.StartedUs, one.Session.Id, one.Value("points") as long?,
                score.Value, LevelOf(one))).Take(ScoresMax),
    ];

    private string? LevelOf(PersonSession one) => one.Value("level") is not string level
        ? null
        : PageOf(one.Lens).Filters.OfType<ValueFilter>()
            .FirstOrDefault(filter => filter.Field.Name == "level")
            ?.Words.GetValueOrDefault(level) ?? level;

    private async Task<long> LeftOutAsync(
        string id, PersonQuery query, PersonStory shown, CancellationToken cancel)
    {
        var all = query with
        {
            Suppressed = SuppressedView.All,
            Archived = true,
            Limit = 1,
            After = null,
        };
        var page = await people.SessionsAsync(here.Project.Id, id, all, cancel);
        return page.Counts.Sum(one => one.Count) - shown.Counts.Sum(one => one.Count);
    }

    private LensPage PageOf(Lens lens) => pages.All.First(page => page.Lens == lens);
}
