using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>
/// Two months of a small shop that does not exist: visits, mails, carts, order forms, the planning
/// tool, with crawlers, an office behind one address and cart hoarders among them, events that
/// arrive late and events that arrive twice. The same seed and instant give the same events.
/// </summary>
internal sealed class DemoHistory
{
    private const int People = 1800;
    private const int Decorators = 45;
    private const int OfficePeople = 14;
    private const int Hoarders = 4;
    private const double LateShare = 0.04;
    private const double TwiceShare = 0.02;

    // Algeria has no summer time. Source: IANA, Africa/Algiers.
    private static readonly TimeSpan Zone = TimeSpan.FromHours(1);

    // How busy each hour of a day is, from midnight.
    private static readonly (int Weight, int What)[] Hours =
    [
        (6, 0), (3, 1), (1, 2), (1, 3), (1, 4), (2, 5), (5, 6), (10, 7), (16, 8), (22, 9), (26, 10),
        (26, 11), (24, 12), (20, 13), (22, 14), (26, 15), (26, 16), (24, 17), (24, 18), (28, 19),
        (36, 20), (42, 21), (32, 22), (16, 23),
    ];

    private readonly Dice _dice;
    private readonly DemoTeller _tell = new("demo");
    private readonly ShopStories _shop;
    private readonly AtelierStories _atelier;
    private readonly TradeStories _trade;
    private readonly long _nowUs;
    private readonly int _days;

    /// <summary>Tells the history.</summary>
    /// <param name="seed">Chooses everything.</param>
    /// <param name="nowUs">Its end, microseconds UTC.</param>
    /// <param name="days">Its length.</param>
    public DemoHistory(int seed, long nowUs, int days = 61)
    {
        (_dice, _nowUs, _days) = (new Dice(seed), nowUs, days);
        _shop = new ShopStories(_dice, _tell);
        _atelier = new AtelierStories(_dice, _tell);
        _trade = new TradeStories(_dice, _tell);
        for (var day = days; day >= 0; day--)
            Live(day);
        for (var i = 0; i < 12; i++)
        {
            _shop.Visit(Anybody(), nowUs - _dice.Minutes(0, 12));
            _shop.Shop(Anybody(), nowUs - _dice.Minutes(0, 8));
        }

        Moves = new DemoStaff(_dice, _tell).Follow(_shop.Left, nowUs);
        Arrivals = Arrive();
    }

    /// <summary>All events in order of arrival; some arrive twice.</summary>
    public IReadOnlyList<Event> Arrivals { get; }

    /// <summary>What staff did, in order.</summary>
    public IReadOnlyList<StaffMove> Moves { get; }

    private void Live(int daysAgo)
    {
        var date = Micros.ToTime(_nowUs).ToOffset(Zone).Date.AddDays(-daysAgo);
        // The shop grows, and its weekend is Friday and Saturday.
        var grown = 0.45 + 0.55 * (_days - daysAgo) / Math.Max(1, _days);
        var weekend = date.DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday;
        int Many(double each) => (int)(each * grown * (weekend ? 1.25 : 1));

        for (var i = Many(66); i > 0; i--)
            _shop.Visit(Anybody(), At(date));
        for (var i = weekend ? 1 : Many(6); i > 0; i--)
            _shop.Visit(Colleague(), At(date));
        for (var i = Many(4); i > 0; i--)
            _shop.Crawl(At(date));
        for (var i = weekend ? 2 : Many(15); i > 0; i--)
            _atelier.Work(DemoPeople.Of(People + _dice.Between(0, Decorators - 1)), At(date));
        for (var i = weekend ? 3 : Many(24); i > 0; i--)
            _trade.Visit(Anybody(), At(date));
        if (_dice.Chance(0.2))
            _shop.Hoard(Hoarder(), At(date));
        if (date.DayOfWeek == DayOfWeek.Tuesday)
            SendLetter(date);
    }

    private void SendLetter(DateTime date)
    {
        var sent = StartOf(date) + Micros.From(TimeSpan.FromHours(9));
        for (var i = 0; i < 160; i++)
        {
            _shop.Mail(Anybody(), sent + _dice.Seconds(0, 600), $"lettre-{date:MM-dd}");
        }

        for (var i = 0; i < 30; i++)
            _trade.Letter(Anybody(), sent + _dice.Minutes(20, 600));
    }

    private DemoPerson Anybody() => DemoPeople.Of(_dice.Between(0, People - 1));

    // An office of a ministry: many people, one address.
    private DemoPerson Colleague() => DemoPeople.Of(
        People + Decorators + _dice.Between(0, OfficePeople - 1)) with
    { Ip = "203.0.113.7" };

    private DemoPerson Hoarder()
    {
        var number = _dice.Between(0, Hoarders - 1);
        return DemoPeople.Of(People + Decorators + OfficePeople + number) with
        {
            User = null,
            Ip = $"198.51.100.{10 + number}",
        };
    }

    private long At(DateTime date) =>
        StartOf(date) + _dice.Seconds(0, 3599)
            + Micros.From(TimeSpan.FromHours(_dice.Pick(Hours)));

    private static long StartOf(DateTime date) =>
        Micros.From(new DateTimeOffset(date, Zone));

    private List<Event> Arrive()
    {
        var arriving = new List<(Event Event, long AtUs)>();
        foreach (var e in _tell.Told.Where(e => e.TimeUs <= _nowUs))
        {
            var isLate = _dice.Chance(LateShare) && e.Trust == Trust.Claimed;
            var atUs = e.TimeUs + (isLate ? _dice.Minutes(1, 400) : _dice.Seconds(0, 2));
            arriving.Add((e, atUs));
            if (_dice.Chance(TwiceShare))
                arriving.Add((e, atUs + _dice.Seconds(5, 60)));
        }

        return
        [
            .. from one in arriving
               orderby one.AtUs, one.Event.Id
               select one.Event with { ReceivedUs = Math.Min(one.AtUs, _nowUs) },
        ];
    }
}
