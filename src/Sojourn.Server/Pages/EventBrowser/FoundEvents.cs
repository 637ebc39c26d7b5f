using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Debugging;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.EventBrowser;

/// <summary>Asks the store for single events as an address says.</summary>
internal sealed class FoundEvents(IStore store, NamesSeen names, PageContext here)
{
    /// <summary>The screen of an address.</summary>
    public async Task<EventScreen> LoadAsync(ListAddress address, CancellationToken cancel)
    {
        var notices = new List<string>();
        var parameters = ParametersOf(address);
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
                // Read, since there is a page.
                return await ScreenAsync(address, parameters, query!, page, notices, cancel);
            }

            notices.Add(FaultWords.Of(here.Language, fault!)); // Set without a page.
            if (parameters.RemoveAll(one => one.Key == fault!.Field) == 0)
                parameters.Clear();
        }
    }

    // Who debugs wants to see what happened, not only what counts. People write days.
    private List<KeyValuePair<string, string>> ParametersOf(ListAddress address)
    {
        var parameters = address.Parameters
            .Where(one => one.Key is not ("limit" or EventScreen.Opened))
            .Select(one => one.Key is "from" or "to"
                ? new(one.Key, DayText.InFull(one.Value, here.Zone))
                : one)
            .ToList();
        if (!parameters.Exists(one => one.Key == "suppressed"))
            parameters.Add(new("suppressed", "all"));
        return parameters;
    }

    private async Task<EventScreen> ScreenAsync(
        ListAddress address,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        EventQuery query,
        EventPage page,
        IReadOnlyList<string> notices,
        CancellationToken cancel)
    {
        var occurring = await names.ListAsync(here.Project.Id, cancel);
        var open = await OpenAsync(address, page, cancel);
        return new EventScreen
        {
            Address = address,
            Query = query,
            Parameters = parameters,
            Page = page,
            Names = occurring,
            Unseen = await UnseenAsync(query, page, occurring, cancel),
            Open = open,
            IsGone = open is null && address.Value(EventScreen.Opened) is not null,
            Notices = notices,
        };
    }

    private async Task<StoredEvent?> OpenAsync(
        ListAddress address, EventPage page, CancellationToken cancel)
    {
        if (address.Value(EventScreen.Opened) is not { } id)
            return null;

        var shown = page.Items.FirstOrDefault(one => one.Event.Id == id);
        if (shown is not null)
            return shown;

        var query = new EventQuery { Id = id, Suppressed = SuppressedView.All, Limit = 1 };
        var found = await store.EventsAsync(here.Project.Id, query, cancel);
        return found.Items.Count == 0 ? null : found.Items[0];
    }

    private async Task<List<UnseenName>> UnseenAsync(
        EventQuery query,
        EventPage page,
        IReadOnlyList<string> occurring,
        CancellationToken cancel)
    {
        var unseen = new List<UnseenName>();
        foreach (var name in query.Names.Distinct())
        {
            if (page.Items.Any(one => one.Event.Name == name)
                || await names.IsSeenAsync(here.Project.Id, name, cancel))
            {
                continue;
            }

            unseen.Add(new UnseenName(name, CloseNames.To(name, occurring)));
        }

        return unseen;
    }
}
