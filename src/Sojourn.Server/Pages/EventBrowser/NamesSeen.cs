using Sojourn.Queries;
using Sojourn.Server.Pages.Lists;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.EventBrowser;

/// <summary>
/// Which names of events a project's sessions hold: their lists know it at once, whereas the
/// events themselves would have to be read through.
/// </summary>
internal sealed class NamesSeen(IStore store, LensPages pages)
{
    // Words of the field that every session has are counted here only, not on every list.
    private static readonly Field[] Counted = [CommonFields.Contains];

    /// <summary>Names that occur, the most frequent first; the rarest may be missing.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(
        string project, CancellationToken cancel)
    {
        var counts = new Dictionary<string, long>();
        foreach (var question in OfEachKind())
        {
            var page = await store.QueryAsync(
                project, question with { Counting = Counted, WithFacets = true }, cancel);
            foreach (var (name, count) in page.Facets[0].Counts)
                counts[name] = Math.Max(count, counts.GetValueOrDefault(name));
        }

        return
        [
            .. counts.OrderByDescending(one => one.Value)
                .ThenBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => one.Key),
        ];
    }

    /// <summary>
    /// True when an event of that name was ever stored, and when that could not be found out:
    /// an event that belongs to nobody is in no session, and only the newest are looked through.
    /// </summary>
    public async Task<bool> IsSeenAsync(string project, string name, CancellationToken cancel)
    {
        foreach (var question in OfEachKind())
        {
            var holding = question with
            {
                Filters = [new AnyOf(CommonFields.Contains, [name])],
            };
            if ((await store.QueryAsync(project, holding, cancel)).Total > 0)
                return true;
        }

        var single = new EventQuery
        {
            Names = [name],
            Suppressed = SuppressedView.All,
            Limit = 1,
        };
        return await store.EventsAsync(project, single, cancel) is not { Items: [], Next: null };
    }

    private IEnumerable<SessionQuery> OfEachKind() =>
        from lens in pages.All.Select(page => page.Lens).DistinctBy(lens => lens.Kind.Name)
        select new SessionQuery
        {
            Lens = lens,
            Suppressed = SuppressedView.All,
            Archived = true,
            Limit = 1,
            WithFacets = false,
        };
}
