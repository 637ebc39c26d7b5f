using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Persons;

/// <summary>Finds people by what their sessions tell.</summary>
internal sealed class KnownPeople(
    IStore store, Api.Lenses lenses, LensPages pages, PageContext here)
{
    private const int PeopleMax = 50;

    // One restless person has many sessions, so some pages are looked through.
    private const int PagesMax = 5;

    /// <summary>The people that a text finds, or those seen last; the last seen first.</summary>
    public async Task<PersonListScreen> LoadAsync(string text, CancellationToken cancel)
    {
        var wanted = text.Trim();
        if (wanted.Length > QueryParser.ValueCharsMax)
            wanted = wanted[..QueryParser.ValueCharsMax];
        var sought = wanted.Length == 0
            ? lenses.OfPeople.Where(lens => lens.Kind.ByPerson)
            : lenses.OfPeople;
        var found = new Dictionary<string, PersonRow>();
        foreach (var lens in sought)
            await CollectAsync(lens, wanted, found, cancel);
        return new PersonListScreen
        {
            Text = wanted,
            Exact = await ExactAsync(wanted, found, cancel),
            People =
            [
                .. found.Values
                    .OrderByDescending(one => one.Last.Session.LastEventUs)
                    .Take(PeopleMax),
            ],
        };
    }

    private async Task CollectAsync(
        Lens lens,
        string text,
        Dictionary<string, PersonRow> found,
        CancellationToken cancel)
    {
        var query = new SessionQuery
        {
            Lens = lens,
            Text = text.Length == 0 ? null : text,
            Sort = CommonFields.LastEvent,
            Limit = SessionQuery.LimitMax,
            WithFacets = false,
        };
        var people = new HashSet<string>();
        for (var pages = 0; pages < PagesMax && people.Count < PeopleMax; pages++)
        {
            var page = await store.QueryAsync(here.Project.Id, query, cancel);
            foreach (var session in page.Items.Where(one => one.PersonId.Length > 0))
            {
                people.Add(session.PersonId);
                var row = RowOf(new PersonSession(lens, session));
                found[row.Id] = found.TryGetValue(row.Id, out var known) ? known.And(row) : row;
            }

            if (page.Next is null)
                return;
            query = query with { After = page.Next };
        }
    }

    // An id that was joined to another person's, or whose sessions lists leave out.
    private async Task<string?> ExactAsync(
        string text, Dictionary<string, PersonRow> found, CancellationToken cancel)
    {
        var person = text.Length == 0
            ? null
            : await store.FindPersonAsync(here.Project.Id, text, cancel);
        return person is null || found.ContainsKey(person.Person.Id) ? null : person.Person.Id;
    }

    private PersonRow RowOf(PersonSession last)
    {
        var page = pages.All.First(one => one.Lens == last.Lens);
        return new PersonRow(
            last.Session.PersonId,
            last.Session.Name ?? last.Value("customer") as string,
            last.Session.Email,
            page,
            new SessionRow(last.Lens, last.Session));
    }
}
