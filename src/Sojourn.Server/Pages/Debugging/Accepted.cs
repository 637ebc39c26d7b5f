using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>Asks the store for single events as an address says.</summary>
internal sealed class Accepted(IStore store, PageContext here)
{
    private const string Cursor = "cursor";

    /// <summary>The screen of an address.</summary>
    public async Task<AcceptedScreen> LoadAsync(ListAddress address, CancellationToken cancel)
    {
        var notices = new List<string>();
        var parameters = address.Parameters.Where(one => one.Key != "limit").ToList();
        // Who debugs wants to see what happened, not only what counts.
        if (!parameters.Exists(one => one.Key == "suppressed"))
            parameters.Add(new("suppressed", "all"));
        while (true)
        {
            EventPage? page = null;
            if (QueryParser.TryReadEvents(parameters, out var query, out var fault))
            {
                (page, fault) = await SingleEvents.FindAsync(
                    store, here.Project.Id, query, cancel);
            }

            if (page is not null)
            {
                return new AcceptedScreen
                {
                    Address = address,
                    Query = query!, // Read, since there is a page.
                    Page = page,
                    Notices = notices,
                };
            }

            notices.Add(FaultWords.Of(here.Language, fault!)); // Set without a page.
            if (parameters.RemoveAll(one => one.Key == fault!.Field) == 0)
                parameters.Clear();
        }
    }

    /// <summary>The same list from an older event on.</summary>
    public static ListAddress Older(ListAddress address, string cursor) =>
        address with { Parameters = [.. address.Without(Cursor).Parameters, new(Cursor, cursor)] };
}
