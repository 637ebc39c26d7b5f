using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>
/// Two weeks of a small shop: visits, order forms and held carts, with crawlers among them,
/// events that arrive late and events that arrive twice. The same seed and instant give the
/// same events.
/// </summary>
/// <param name="seed">Chooses everything.</param>
/// <param name="nowUs">The end of the two weeks, microseconds UTC.</param>
internal sealed class DemoTraffic(int seed, long nowUs)
{
    private const int Days = 14;
    private const int People = 500;
    private const int Crawls = 60;
    private const int Checkouts = 220;
    private const int Carts = 260;
    private const double LateShare = 0.05;
    private const double TwiceShare = 0.03;

    // Not for secrets: the whole point is that it can be repeated.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);
#pragma warning restore CA5394

    /// <summary>All events in order of arrival; some arrive twice.</summary>
    public IReadOnlyList<Event> All()
    {
        var script = new DemoScript(_random);
        for (var i = 0; i < People; i++)
            Visits(script, i);
        for (var i = 0; i < Crawls; i++)
            script.Crawl(SomeTime());
        for (var i = 0; i < Checkouts; i++)
            script.Checkout(i, DemoPeople.Of(_random.Next(People)), SomeTime());
        for (var i = 0; i < Carts; i++)
            script.Cart(i, DemoPeople.Of(_random.Next(People)), SomeTime());

        // Some are happening just now.
        for (var i = 0; i < 6; i++)
            script.Checkout(Checkouts + i, DemoPeople.Of(i), JustNow(4));
        for (var i = 0; i < 8; i++)
            script.Cart(Carts + i, DemoPeople.Of(i), JustNow(10));
        return Arrive(script.Events.Where(e => e.TimeUs <= nowUs));
    }

    private void Visits(DemoScript script, int person)
    {
        var visits = 1 + _random.Next(6);
        for (var i = 0; i < visits; i++)
            script.Visit(DemoPeople.Of(person), SomeTime());
    }

    private List<Event> Arrive(IEnumerable<Event> events)
    {
        var arriving = events
            .Select(e => (Event: e, AtUs: e.TimeUs + (_random.NextDouble() < LateShare
                ? Micros.From(TimeSpan.FromMinutes(_random.Next(1, 600)))
                : Micros.From(TimeSpan.FromSeconds(_random.Next(0, 3))))))
            .ToList();
        arriving.AddRange(arriving
            .Where(_ => _random.NextDouble() < TwiceShare)
            .Select(one => one with { AtUs = one.AtUs + Micros.From(TimeSpan.FromSeconds(30)) })
            .ToList());
        return
        [
            .. from one in arriving
               orderby one.AtUs, one.Event.Id
               select one.Event with { ReceivedUs = Math.Min(one.AtUs, nowUs) },
        ];
    }

    // More by day than by night, and more lately than before.
    private long SomeTime()
    {
        var day = (int)(Days * Math.Sqrt(_random.NextDouble()));
        var hour = 8 + (_random.Next(15) + _random.Next(15)) / 2;
        var back = TimeSpan.FromDays(Days - day)
            - TimeSpan.FromHours(hour)
            - TimeSpan.FromSeconds(_random.Next(3600));
        return nowUs - Micros.From(back < TimeSpan.Zero ? -back : back);
    }

    private long JustNow(int minutes) =>
        nowUs - Micros.From(TimeSpan.FromSeconds(_random.Next(minutes * 60)));
}
