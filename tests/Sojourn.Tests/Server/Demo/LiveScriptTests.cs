using Sojourn.Events;
using Sojourn.Server.Commands.Demo;
using Xunit;

namespace Sojourn.Tests.Server.Demo;

/// <summary>What goes on in the demo from now on.</summary>
public sealed class LiveScriptTests
{
    private static readonly long Step = Micros.From(TimeSpan.FromMilliseconds(250));

    [Fact]
    public void Events_become_due_as_they_happen()
    {
        var script = new LiveScript(1, Some.Us(0));

        foreach (var now in Ticks(minutes: 10))
        {
            Assert.All(script.DueAt(now), e =>
            {
                Assert.InRange(e.TimeUs, now - Step, now);
                Assert.Equal(now, e.ReceivedUs);
            });
        }
    }

    [Fact]
    public void There_are_a_few_events_each_second()
    {
        var script = new LiveScript(1, Some.Us(0));
        foreach (var now in Ticks(minutes: 20))
            script.DueAt(now);

        var events = Ticks(minutes: 10, from: 20).Sum(now => script.DueAt(now).Count);

        Assert.InRange(events / 600.0, 1, 10);
    }

    [Fact]
    public void The_same_seed_and_instants_give_the_same_events()
    {
        List<Event> Play()
        {
            var script = new LiveScript(1, Some.Us(0));
            return [.. Ticks(minutes: 5).SelectMany(script.DueAt)];
        }

        Assert.Equal(Play(), Play());
    }

    [Fact]
    public void No_event_is_one_of_the_history()
    {
        var past = new DemoHistory(1, Some.Us(0), days: 3).Arrivals.Select(e => e.Id).ToHashSet();
        var script = new LiveScript(1, Some.Us(0));

        var ids = Ticks(minutes: 5).SelectMany(script.DueAt).Select(e => e.Id).ToList();

        Assert.Distinct(ids);
        Assert.DoesNotContain(ids, past.Contains);
    }

    private static IEnumerable<long> Ticks(int minutes, int from = 0)
    {
        var end = Some.Us(from + minutes);
        for (var now = Some.Us(from); now < end; now += Step)
            yield return now;
    }
}
