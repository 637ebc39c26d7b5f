using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Lists;

/// <summary>Asks the store everything a list's address implies.</summary>
internal sealed class SessionLists(
    IStore store, QueryParser parser, SavedViews views, PageContext here)
{
    /// <summary>Events of a timeline until all are asked for.</summary>
    private const int EventsFirst = 100;

    /// <summary>Most events a panel shows at once; the export has them all.</summary>
    private const int EventsMax = 2_000;

    // A hint that lists every parameter there is helps programs, not people.
    private const int HintCharsMax = 160;

    /// <summary>
    /// The screen of an address; null when the open session is unknown. Its panel may be of
    /// another session than the address says: the one that took it up.
    /// </summary>
    public async Task<ListScreen?> LoadAsync(
        LensPage page, ListAddress address, CancellationToken cancel)
    {
        var project = here.Project;
        var question = ListQuestion.Read(
            address, page, parser, project, here.Zone, here.NowUs);
        var found = await store.QueryAsync(project.Id, question.Query, cancel);
        var panel = address.Session is null
            ? null
            : await PanelAsync(page, address, found, cancel);
        if (address.Session is not null && panel is null)
            return null;

        return new ListScreen
        {
            Of = page,
            Address = address,
            Question = question,
            Page = found,
            All = await CountAsync(new SessionQuery { Lens = page.Lens }, cancel),
            Suppressed = await CountAsync(
                question.Query with { Suppressed = SuppressedView.Only }, cancel),
            Columns = ColumnsOf(page, address),
            Views = views.Of(project, page.Lens.Name),
            Panel = panel,
            Notices = NoticesOf(address, question),
        };
    }

    private async Task<long> CountAsync(SessionQuery query, CancellationToken cancel)
    {
        var counted = await store.QueryAsync(
            here.Project.Id,
            query with { Limit = 1, Offset = 0, After = null, WithFacets = false },
            cancel);
        return counted.Total;
    }

    private IReadOnlyList<Column> ColumnsOf(LensPage page, ListAddress address)
    {
        var chosen = address.Values(ListAddress.Columns).ToHashSet();
        if (chosen.Count == 0)
            chosen = views.ColumnsOf(here.Project, here.Caller, page.Lens.Name);
        return
        [
            .. page.Columns.Where(one => one.Always
                || (chosen.Count == 0 ? one.Shown : chosen.Contains(one.Name))),
        ];
    }

    private async Task<PanelScreen?> PanelAsync(
        LensPage page, ListAddress address, SessionPage found, CancellationToken cancel)
    {
        var project = here.Project.Id;
        if (!SessionId.TryParse(address.Session!, out var asked)
            || await store.FindSessionAsync(project, asked, cancel) is not { } session
            || session.Kind != page.Lens.Kind.Name)
        {
            return null;
        }

        var named = address.Value(ListAddress.Tab);
        var tab = page.Tabs.FirstOrDefault(one => one.Name == named) ?? page.Tabs[0];
        var wanted = address.Value(ListAddress.AllEvents) is null ? EventsFirst : EventsMax;
        var (events, actions, more) = await TimelineAsync(session.Id, wanted, cancel);
        var place = found.Items.ToList().FindIndex(one => one.Id == session.Id);
        return new PanelScreen
        {
            Row = new SessionRow(page.Lens, session),
            Events = events,
            Actions = actions,
            HasMore = more,
            Tab = tab,
            Previous = place > 0 ? found.Items[place - 1].Id.ToString() : null,
            Next = place >= 0 && place + 1 < found.Items.Count
                ? found.Items[place + 1].Id.ToString()
                : null,
        };
    }

    private async Task<(List<StoredEvent>, IReadOnlyList<StaffAction>, bool More)> TimelineAsync(
        SessionId id, int wanted, CancellationToken cancel)
    {
        var events = new List<StoredEvent>();
        string? cursor = null;
        while (true)
        {
            var limit = Math.Min(EventQuery.LimitMax, wanted - events.Count);
            var part = await store.TimelineAsync(here.Project.Id, id, cursor, limit, cancel);
            if (part is null)
                return (events, [], false);

            events.AddRange(part.Events.Items);
            cursor = part.Events.Next;
            if (cursor is null || events.Count >= wanted)
                return (events, part.Actions, cursor is not null);
        }
    }

    private List<string> NoticesOf(ListAddress address, ListQuestion question)
    {
        var language = here.Language;
        var notices = question.Faults
            .Select(fault => language.Format(
                "“{0}” in the address was left out. {1}",
                fault.Field,
                fault.Hint.Length <= HintCharsMax ? $"{fault.Title} {fault.Hint}" : fault.Title))
            .ToList();
        if (address.Value(ListAddress.View) is { } view
            && views.Find(here.Project, view) is null)
        {
            notices.Add(language["This view was deleted. Its filters are still applied below; "
                + "save them again to keep them."]);
        }

        if (address.Value(ListAddress.Moved) is { } moved)
        {
            notices.Add(language.Format(
                "Session {0} became part of this one when a late event arrived.", moved));
        }

        return notices;
    }
}
