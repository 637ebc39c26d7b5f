using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>
/// What goes on in the demo shop from now on: every few seconds another story begins, and its
/// events become due as they happen. The same seed and instants give the same events.
/// </summary>
internal sealed class LiveScript
{
    private const int People = 1800;

    private readonly Dice _dice;
    private readonly DemoTeller _tell;
    private readonly ShopStories _shop;
    private readonly AtelierStories _atelier;
    private readonly PriorityQueue<Event, long> _coming = new();
    private long _nextUs;

    /// <summary>Begins.</summary>
    /// <param name="seed">Chooses everything.</param>
    /// <param name="nowUs">When, microseconds UTC.</param>
    public LiveScript(int seed, long nowUs)
    {
        _dice = new Dice(seed);
        _tell = new DemoTeller($"live-{nowUs:x}");
        _shop = new ShopStories(_dice, _tell);
        _atelier = new AtelierStories(_dice, _tell);
        _nextUs = nowUs;
    }

    /// <summary>What has happened since the last time this was asked, in order.</summary>
    public IReadOnlyList<Event> DueAt(long nowUs)
    {
        while (_nextUs <= nowUs)
        {
            Begin(_nextUs);
            _nextUs += _dice.Seconds(1, 5);
        }

        var due = new List<Event>();
        while (_coming.TryPeek(out var next, out var atUs) && atUs <= nowUs)
        {
            due.Add(next with { ReceivedUs = nowUs });
            _coming.Dequeue();
        }

        return due;
    }

    private void Begin(long atUs)
    {
        if (_dice.Chance(0.12))
            _shop.Shop(DemoPeople.Of(_dice.Between(0, People - 1)), atUs);
        else if (_dice.Chance(0.8))
            _shop.Visit(DemoPeople.Of(_dice.Between(0, People - 1)), atUs);
        else if (_dice.Chance(0.7))
            _atelier.Work(DemoPeople.Of(People + _dice.Between(0, 40)), atUs);
        else
            _shop.Crawl(atUs);

        foreach (var e in _tell.Told)
            _coming.Enqueue(e, e.TimeUs);
        _tell.Told.Clear();
    }
}
