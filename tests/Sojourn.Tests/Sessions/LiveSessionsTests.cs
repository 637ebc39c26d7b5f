using Sojourn.Events;
using Sojourn.Kinds.Visits;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Sessions;

/// <summary>Sessions depend on the set of events, never on how it arrived.</summary>
[Trait("Invariant", "I4")]
public class LiveSessionsTests
{
    public static IEnumerable<TheoryDataRow<int>> Seeds =>
        Enumerable.Range(1, 400).Select(seed => new TheoryDataRow<int>(seed));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_order_batching_duplication_and_restart_give_the_pure_fold(int seed)
    {
        var random = new Random(seed);
        var events = Worlds.Events(random, random.Next(2, 60));
        var world = new LiveWorld(Worlds.Settings(random));
        var actions = new List<StaffAction>();
        var settings = Worlds.Settings(new Random(seed));
        var arriving = new Queue<Event>(Shuffled(random, [.. events, .. events.Take(5)]));

        world = new LiveWorld(settings);
        while (arriving.Count > 0)
        {
            world.Add(Enumerable.Range(0, Math.Min(arriving.Count, random.Next(1, 9)))
                .Select(_ => arriving.Dequeue()).ToList());
            if (random.Next(5) == 0)
                world.Restart();
            if (random.Next(4) == 0 && world.Sessions.Count > 0)
                actions.Add(ActOnAny(random, world, actions.Count + 1));
        }

        var pure = Sessionizer.All(Worlds.Kinds, settings, Worlds.SuppressMails, events, actions);
        Assert.Equal(Worlds.Describe(pure), Worlds.Describe(world.Sessions));
        AssertFound(world, pure);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_id_ever_shown_leads_to_the_session_that_holds_its_event(int seed)
    {
        var random = new Random(seed);
        var world = new LiveWorld(ProjectSettings.Default);
        var shown = new Dictionary<SessionId, Event>();

        foreach (var e in Shuffled(random, Worlds.Events(random, 40)))
        {
            world.Add([e]);
            foreach (var session in world.Sessions)
                shown.TryAdd(session.Id, session.FirstEvent!);
        }

        foreach (var (id, first) in shown.Where(pair => pair.Key.Kind == 'v'))
        {
            var found = world.Live.Find(id)!;
            Assert.Contains(first.Id, found.Numbers.Select(number => world.Read(number).Id));
            Assert.Contains(world.Sessions, session => session.Id == found.Session.Id);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Another_timeout_is_previewed_as_it_would_come_out(int seed)
    {
        var random = new Random(seed);
        var events = Worlds.Events(random, 50);
        var timeout = TimeSpan.FromMicroseconds(random.Next(4) switch
        {
            0 => 60_000_000L * random.Next(1, 200),
            1 => 240_000_001L,
            _ => 60_000_000L * random.Next(1, 40) + random.Next(1000),
        });
        var world = new LiveWorld(ProjectSettings.Default);
        foreach (var e in Shuffled(random, events))
            world.Add([e]);

        var counts = world.Live.CountUnder(timeout)!.Value;

        Assert.Equal(Count(events, ProjectSettings.Default), counts.Before);
        Assert.Equal(Count(events, new ProjectSettings { Timeout = timeout }), counts.After);
    }

    private static long Count(List<Event> events, ProjectSettings settings) => Sessionizer
        .All([new VisitKind()], settings, Worlds.SuppressMails, events, []).Count;

    private static void AssertFound(LiveWorld world, IReadOnlyList<Session> pure)
    {
        foreach (var session in pure)
        {
            var found = world.Live.Find(session.Id)!;
            Assert.Equal(Worlds.Describe(session), Worlds.Describe(found.Session));
            Assert.True(found.Numbers.Count <= session.RawEvents);
        }
    }

    private static StaffAction ActOnAny(Random random, LiveWorld world, int number)
    {
        var on = world.Sessions.OrderBy(one => one.Id.ToString(), StringComparer.Ordinal)
            .ElementAt(random.Next(world.Sessions.Count));
        var action = new StaffAction
        {
            Id = "a" + number,
            Kind = on.Kind,
            AnchorEventId = on.FirstEvent!.Id,
            AnchorKey = on.Kind == "visit" ? on.FirstEvent.Stream! : on.Key,
            Type = random.Next(2) == 0 ? ActionTypes.Note : ActionTypes.Archive,
            Actor = "amina",
            AcceptedUs = Some.Us(500),
            Number = number,
        };
        world.Act(action);
        return action;
    }

    private static Event[] Shuffled(Random random, IEnumerable<Event> events)
    {
        var shuffled = events.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
