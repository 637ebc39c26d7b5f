using System.Globalization;
using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Kinds.Checkouts.Recovery;
using Sojourn.Queries;
using Sojourn.Server.Accounts;
using Sojourn.Server.Outreach;
using Sojourn.Server.Pages.Lenses.Checkouts;
using Sojourn.Server.Pages.Lists;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>Asks the store everything the board's address implies.</summary>
internal sealed class Boards(
    IStore store, QueryParser parser, Staff staff, MessageBooks books, Suppressions suppressions,
    PageContext here)
{
    private static readonly LensPage Of = CheckoutsPage.Page;

    private string Project => here.Project.Id;

    /// <summary>The board of an address; null when its card is unknown.</summary>
    public async Task<BoardScreen?> LoadAsync(ListAddress address, CancellationToken cancel)
    {
        var card = await CardAsync(address, cancel);
        if (card is null && address.Value(BoardAddress.Card) is not null)
            return null;

        var question = ListQuestion.Read(
            BoardAddress.QuestionOf(address), Of, parser, here.Project, here.Zone, here.NowUs);
        var all = QueryOf(question.Query);
        var band = PriorityBand.Of(address.Value(BoardAddress.Priority), here.NowUs);
        var asked = With(all, band);
        var columns = await ColumnsAsync(address, asked, question, band, cancel);
        var messages = await books.OpenAsync(here.Project, here.Language.Code, cancel);
        return new BoardScreen
        {
            List = await ListAsync(address, question, asked, cancel),
            Columns = columns,
            Messages = messages,
            Codes = await books.CodesAsync(
                here.Project, messages, columns.SelectMany(one => one.Cards), here.NowUs, cancel),
            Priorities = await PrioritiesAsync(all, cancel),
            Due = await DueAsync(address, cancel),
            Card = card,
        };
    }

    // The question of a list, about the board's statuses and in the order of urgency.
    private static SessionQuery QueryOf(SessionQuery query) => query with
    {
        Filters =
        [
            .. query.Filters.Where(one => one.Field != CommonFields.Status),
            new AnyOf(CommonFields.Status, BoardAddress.Statuses),
        ],
        Sort = CheckoutFields.UrgentUntil,
        Descending = true,
        Archived = false,
        WithFacets = false,
    };

    private static SessionQuery With(SessionQuery query, PriorityBand? band) =>
        band is null ? query : query with { Filters = [.. query.Filters, .. band.Filters] };

    private async Task<ListScreen> ListAsync(
        ListAddress address, ListQuestion question, SessionQuery asked, CancellationToken cancel)
    {
        var all = QueryOf(new SessionQuery { Lens = Of.Lens });
        return new ListScreen
        {
            Of = Of,
            Address = address,
            Question = question,
            Page = await store.QueryAsync(
                Project,
                asked with
                {
                    Limit = 1,
                    WithFacets = true,
                    Counting = [CheckoutFields.Assignee, CheckoutFields.Reason],
                },
                cancel),
            All = await CountAsync(all, cancel),
            Suppressed = 0,
            Columns = [],
            Views = [],
            Notices =
            [
                .. question.Faults.Select(fault => here.Language.Format(
                    "“{0}” in the address was left out. {1}", fault.Field, fault.Title)),
            ],
        };
    }

    private async Task<IReadOnlyList<BoardColumn>> ColumnsAsync(
        ListAddress address, SessionQuery asked, ListQuestion question, PriorityBand? band,
        CancellationToken cancel)
    {
        var columns = new List<BoardColumn>();
        foreach (var status in BoardAddress.Statuses)
        {
            var own = asked with
            {
                Filters =
                [
                    .. asked.Filters.Where(one => one.Field != CommonFields.Status),
                    new AnyOf(CommonFields.Status, [status]),
                ],
            };
            var (count, cards) = await CardsAsync(own, WantedOf(address, status), cancel);
            var list = new ListAddress(Project, Of.Lens.Name, null,
            [
                new("status", status),
                .. question.Parameters.Where(one => one.Key != "sort"),
                .. band?.Parameters ?? [],
                new("sort", "-" + CheckoutFields.UrgentUntil.Name),
            ]);
            columns.Add(new BoardColumn(
                Of.StatusOf(status), count, await SumsAsync(own, cancel), cards, list.ToString()));
        }

        return columns;
    }

    private async Task<(long Count, List<SessionRow> Cards)> CardsAsync(
        SessionQuery own, int wanted, CancellationToken cancel)
    {
        var cards = new List<SessionRow>();
        while (true)
        {
            var part = await store.QueryAsync(
                Project,
                own with { Limit = Math.Min(SessionQuery.LimitMax, wanted - cards.Count) },
                cancel);
            cards.AddRange(part.Items.Select(one => new SessionRow(Of.Lens, one)));
            if (part.Next is null || cards.Count >= wanted)
                return (part.Total, cards);

            own = own with { After = part.Next };
        }
    }

    private async Task<IReadOnlyList<Worth>> SumsAsync(
        SessionQuery own, CancellationToken cancel)
    {
        var money = await store.GroupAsync(
            Project,
            new GroupQuery(own, [CheckoutFields.Value]) { Sums = [CheckoutFields.Value] },
            cancel);
        return
        [
            .. from one in money.Groups
               let currency = one.Word(0)
               where currency.Length > 0
               orderby currency != here.Project.Settings.Currency, one.Count descending
               select new Worth(InUnits(one.Sums[0], currency), currency),
        ];
    }

    private async Task<IReadOnlyList<KeyValuePair<string, long>>> PrioritiesAsync(
        SessionQuery all, CancellationToken cancel)
    {
        var counts = new List<KeyValuePair<string, long>>();
        foreach (var level in Priority.Levels)
        {
            counts.Add(new(level, await CountAsync(
                With(all, PriorityBand.Of(level, here.NowUs)), cancel)));
        }

        return counts;
    }

    private async Task<DueList> DueAsync(ListAddress address, CancellationToken cancel)
    {
        var isMine = address.Value(BoardAddress.Due) == BoardAddress.Mine;
        var all = QueryOf(new SessionQuery { Lens = Of.Lens }) with
        {
            Sort = CheckoutFields.FollowUp,
            Descending = false,
        };
        if (isMine)
        {
            var mine = new AnyOf(CheckoutFields.Assignee, [here.Caller.Actor]);
            all = all with { Filters = [.. all.Filters, mine] };
        }

        var tomorrow = Micros.From(TomorrowIn(here.Zone, here.NowUs));
        (string Name, long? Min, long? Max)[] times =
        [
            ("late", null, here.NowUs), ("today", here.NowUs + 1, tomorrow - 1),
            ("later", tomorrow, null),
        ];
        var parts = new List<DuePart>();
        foreach (var (name, min, max) in times)
        {
            var between = new Between(CheckoutFields.FollowUp, min, max);
            var found = await store.QueryAsync(
                Project,
                all with { Filters = [.. all.Filters, between], Limit = DueRowsMax },
                cancel);
            if (found.Total > 0)
            {
                parts.Add(new DuePart(name, found.Total,
                    [.. found.Items.Select(one => new SessionRow(Of.Lens, one))]));
            }
        }

        return new DueList(parts, isMine);
    }

    private async Task<OpenCard?> CardAsync(ListAddress address, CancellationToken cancel) =>
        address.Value(BoardAddress.Card) is { } text
        && SessionId.TryParse(text, out var id)
        && await store.FindSessionAsync(Project, id, cancel) is { Detail: Checkout detail } found
            ? new OpenCard(
                new SessionRow(Of.Lens, found), detail, [.. staff.All.Select(one => one.Email)],
                MailAddresses.Read(detail.Customer.Email) is { } mail
                && await suppressions.FindAsync(here.Project, mail, cancel) is not null)
            : null;

    private async Task<long> CountAsync(SessionQuery query, CancellationToken cancel) =>
        (await store.QueryAsync(
            Project, query with { Limit = 1, WithFacets = false }, cancel)).Total;

    /// <summary>Follow-ups that each part lists.</summary>
    private const int DueRowsMax = 15;

    private static int WantedOf(ListAddress address, string status) =>
        int.TryParse(address.Value(status), NumberStyles.None, null, out var wanted)
            ? Math.Clamp(wanted, BoardColumn.CardsFirst, BoardColumn.CardsMax)
            : BoardColumn.CardsFirst;

    private static decimal InUnits(decimal minor, string currency)
    {
        for (var place = 0; place < Money.DecimalsOf(currency); place++)
            minor /= 10;
        return minor;
    }

    private static DateTimeOffset TomorrowIn(TimeZoneInfo zone, long nowUs)
    {
        var day = Show.In(nowUs, zone).Date.AddDays(1);
        return DateTimeOffset.Parse(
            DayText.InFull(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), zone),
            CultureInfo.InvariantCulture);
    }
}
