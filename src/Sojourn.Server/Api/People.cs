using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>
/// What is known of a person, asked of the lists as they are: a person's sessions are those
/// that a list filtered by the id shows, so that the numbers agree.
/// </summary>
internal sealed class People(IStore store, Lenses lenses)
{
    // Facts such as a name are taken from the last sessions that told them.
    private const int SessionsRead = 50;

    /// <summary>
    /// Who is behind an id; null when neither an event nor a session names it. Another person
    /// than asked for when the id was joined to one.
    /// </summary>
    public async Task<PersonFound?> FindAsync(
        string project, string id, PersonQuery question, CancellationToken cancel)
    {
        var record = await store.FindPersonAsync(project, id, cancel);
        if (record is not null && record.Person.Id != id)
            return new PersonFound { Id = record.Person.Id, Record = record };

        var latest = new List<PersonSession>();
        var first = long.MaxValue;
        foreach (var lens in lenses.OfPeople)
        {
            var query = QueryOf(lens, id, question) with { Limit = SessionsRead };
            var page = await AskAsync(
                project, query with { Sort = CommonFields.LastEvent }, cancel);
            latest.AddRange(page.Items.Select(session => new PersonSession(lens, session)));
            var oldest = await AskAsync(
                project, query with { Descending = false, Limit = 1 }, cancel);
            if (oldest.Items.Count > 0)
                first = Math.Min(first, oldest.Items[0].StartedUs);
        }

        var found = new PersonFound
        {
            Id = id,
            Record = record,
            Latest = [.. latest.OrderByDescending(one => one.Session.LastEventUs)],
            FirstSeenUs = latest.Count == 0 ? null : first,
        };
        return record is null && latest.Count == 0
            && !await IsSeenAsync(project, id, cancel) ? null : found;
    }

    /// <summary>A page of a person's sessions, with how many there are in each list.</summary>
    public async Task<PersonStory> SessionsAsync(
        string project, string id, PersonQuery question, CancellationToken cancel)
    {
        var found = new List<PersonSession>();
        var counts = new List<(Lens Lens, long Count)>();
        var hasMore = false;
        foreach (var lens in lenses.OfPeople)
        {
            var isWanted = question.Only.Count == 0 || question.Only.Contains(lens);
            var page = await AskAsync(
                project,
                QueryOf(lens, id, question) with
                {
                    After = PlaceIn(lens, question.After),
                    Limit = isWanted ? question.Limit : 1,
                },
                cancel);
            counts.Add((lens, page.Total));
            if (!isWanted)
                continue;

            found.AddRange(page.Items.Select(session => new PersonSession(lens, session)));
            hasMore |= page.Next is not null;
        }

        // The sort is stable, so sessions of one instant stay in the order of their lists.
        var rows = found.OrderByDescending(one => one.Session.StartedUs).ToList();
        var shown = rows.Take(question.Limit).ToList();
        return new PersonStory(
            shown,
            counts,
            rows.Count > shown.Count || hasMore
                ? PersonQuery.CursorOf(shown[^1].Session)
                : null);
    }

    // Lists that come earlier in the order are through with the instant, later ones are not.
    private RowPosition? PlaceIn(Lens lens, (long StartedUs, SessionId Id)? after)
    {
        if (after is not { } place)
            return null;

        var (prefix, before) = (lens.Kind.IdPrefix, lenses.PlaceOf(place.Id));
        var own = lenses.OfPeople.ToList().IndexOf(lens);
        return new RowPosition(
            place.StartedUs,
            own == before ? place.Id
            : own < before ? new SessionId(prefix, ulong.MaxValue, ulong.MaxValue)
            : new SessionId(prefix, 0, 0));
    }

    // Whoever has only sessions that are left out of lists is somebody too.
    private async Task<bool> IsSeenAsync(string project, string id, CancellationToken cancel)
    {
        var all = new PersonQuery { Suppressed = SuppressedView.All, Archived = true };
        foreach (var lens in lenses.OfPeople)
        {
            var query = QueryOf(lens, id, all) with { Limit = 1 };
            if ((await AskAsync(project, query, cancel)).Total > 0)
                return true;
        }

        return false;
    }

    private Task<SessionPage> AskAsync(
        string project, SessionQuery query, CancellationToken cancel) =>
        store.QueryAsync(project, query, cancel);

    private static SessionQuery QueryOf(Lens lens, string id, PersonQuery question) => new()
    {
        Lens = lens,
        Filters = [new AnyOf(CommonFields.Person, [id])],
        Suppressed = question.Suppressed,
        Archived = question.Archived,
        WithFacets = false,
    };
}

/// <summary>A session and the list it is shown in.</summary>
/// <param name="Lens">The list.</param>
/// <param name="Session">The session.</param>
public sealed record PersonSession(Lens Lens, Session Session)
{
    /// <summary>A field of the list by its name; null when there is none or no value.</summary>
    public object? Value(string field) =>
        Lens.Fields.FirstOrDefault(one => one.Name == field) is { } own
            ? SessionJson.ValueOf(Lens, Session, own)
            : null;
}

/// <summary>A page of one person's sessions.</summary>
/// <param name="Items">The sessions, the last begun first.</param>
/// <param name="Counts">How many the person has in each list.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
internal sealed record PersonStory(
    IReadOnlyList<PersonSession> Items,
    IReadOnlyList<(Lens Lens, long Count)> Counts,
    string? Next);
