using FsCheck;
using FsCheck.Fluent;
using Sojourn.Events;
using Sojourn.Kinds.Visits;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Sessions;

/// <summary>Sessions depend on the set of events, never on how it arrived.</summary>
[Trait("Invariant", "I4")]
public class LiveSessionsTests
{
    private const int WorldsTried = 400;

    [Fact]
    public void Any_order_batching_duplication_and_restart_give_the_pure_fold() => ForAll(plan =>
    {
        var (events, random) = (plan.Events, new Random(plan.Seed));
        var settings = Worlds.Settings(random);
        var world = new LiveWorld(settings);
        var actions = new List<StaffAction>();
        var arriving = new Queue<Event>(Shuffled(random, [.. events, .. events.Take(5)]));

        while (arriving.Count > 0)
        {
            world.Add(Enumerable.Range(0, Math.Min(arriving.Count, random.Next(1, 9)))
                .Select(_ => arriving.Dequeue()).ToList());
            if (random.Next(5) == 0)
                world.Restart();
            if (random.Next(4) == 0 && world.Sessions.Count > 0)
                actions.Add(ActOnAny(random, world, actions.Count + 1));
        }

        var pure = Sessionizer.All(
            Worlds.Kinds, settings, Worlds.SuppressCrowds, events, actions);
        Assert.Equal(Worlds.Describe(pure), Worlds.Describe(world.Sessions));
        AssertFound(world, pure);
    });

    [Fact]
    public void Every_id_ever_shown_leads_to_the_session_that_holds_its_event() => ForAll(plan =>
    {
        var world = new LiveWorld(ProjectSettings.Default);
        var shown = new Dictionary<SessionId, Event>();

        foreach (var e in Shuffled(new Random(plan.Seed), plan.Events))
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
    });

    [Fact]
    public void Another_timeout_is_previewed_as_it_would_come_out() => ForAll(plan =>
    {
        var random = new Random(plan.Seed);
        var timeout = TimeSpan.FromMicroseconds(random.Next(4) switch
        {
            0 => 60_000_000L * random.Next(1, 200),
            1 => 240_000_001L,
            _ => 60_000_000L * random.Next(1, 40) + random.Next(1000),
        });
        var world = new LiveWorld(ProjectSettings.Default);
        foreach (var e in Shuffled(random, plan.Events))
            world.Add([e]);

        var counts = world.Live.CountUnder(timeout)!.Value;

        Assert.Equal(Count(plan.Events, ProjectSettings.Default), counts.Before);
        Assert.Equal(Count(plan.Events, new ProjectSettings { Timeout = timeout }), counts.After);
    });

    // A failing world is made smaller by leaving out events one by one before it is shown.
    private static void ForAll(Action<Plan> holds)
    {
        var plans = Gen.Choose(1, int.MaxValue).Select(seed =>
        {
            var random = new Random(seed);
            return new Plan(seed, Worlds.Events(random, random.Next(2, 60)));
        });
        var smaller = (Plan plan) => Enumerable.Range(0, plan.Events.Count)
            .Select(left => plan with { Events = [.. plan.Events.Where((_, i) => i != left)] });
        Prop.ForAll(Arb.From(plans, smaller), holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(WorldsTried));
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

    private sealed record Plan(int Seed, List<Event> Events);

    private static Event[] Shuffled(Random random, IEnumerable<Event> events)
    {
        var shuffled = events.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
