using Sojourn.Events;
using Sojourn.Kinds.Visits;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Sessions;

/// <summary>Whom an event counts for.</summary>
public class IdentityTests
{
    [Fact]
    public void What_a_device_did_before_its_user_was_known_belongs_to_that_user()
    {
        var visit = Assert.Single(Visits(
            Some.Event(device: "d1", minute: 0),
            Some.Event(device: "d1", user: "ada", minute: 5)));

        Assert.Equal(("u:ada", 2), (visit.Key, visit.Events));
    }

    [Fact]
    public void What_a_device_does_after_its_last_user_belongs_to_that_user() =>
        Assert.Equal("u:ada", Assert.Single(Visits(
            Some.Event(device: "d1", user: "ada", minute: 0),
            Some.Event(device: "d1", minute: 5))).Key);

    [Fact]
    public void An_anonymous_stretch_between_two_users_belongs_to_the_next()
    {
        var visits = Visits(
            Some.Event(device: "d1", user: "ada", minute: 0),
            Some.Event(device: "d1", minute: 5),
            Some.Event(device: "d1", user: "bo", minute: 10));

        Assert.Equal(
            [("u:ada", 1), ("u:bo", 2)], visits.Select(visit => (visit.Key, visit.Events)));
    }

    [Fact]
    public void Another_user_on_the_device_ends_a_visit_and_starts_another()
    {
        var visits = Visits(
            Some.Event(device: "d1", user: "ada", minute: 0),
            Some.Event(device: "d1", user: "bo", minute: 10));

        Assert.Equal(SessionEdge.UserChanged, visits[0].Lifecycle.EndReason);
        Assert.Equal(SessionEdge.UserChanged, visits[1].StartReason);
    }

    [Fact]
    public void Another_user_after_the_timeout_is_no_change_but_a_first_visit() =>
        Assert.Equal(SessionEdge.First, Visits(
            Some.Event(device: "d1", user: "ada", minute: 0),
            Some.Event(device: "d1", user: "bo", minute: 30))[1].StartReason);

    [Fact]
    public void Two_devices_of_one_verified_user_are_one_visit() =>
        Assert.Equal(2, Assert.Single(Visits(
            Some.Event(device: "d1", user: "ada", minute: 0),
            Some.Event(device: "d2", user: "ada", minute: 10))).Events);

    [Fact]
    public void A_claimed_user_labels_the_device_and_joins_nobody()
    {
        var visits = Visits(
            Some.Event(user: "ada", minute: 0),
            Some.Event(device: "d1", user: "ada", minute: 1, trust: Trust.Claimed));

        Assert.Equal(["d:d1~ada", "u:ada"], visits.Select(visit => visit.Key));
        Assert.Equal("ada", visits[0].UserId);
        Assert.Equal("d1", visits[0].PersonId);
    }

    [Fact]
    public void A_claimed_user_without_a_device_stays_apart_from_the_verified_one() =>
        Assert.Equal(["c:ada", "u:ada"], Visits(
            Some.Event(user: "ada", minute: 0),
            Some.Event(user: "ada", minute: 1, trust: Trust.Claimed))
            .Select(visit => visit.Key));

    [Fact]
    public void A_verified_alias_makes_two_people_one_under_the_name_it_speaks_of()
    {
        var visit = Assert.Single(Visits(
            Some.Event(user: "old", minute: 0),
            Some.Event("alias", user: "new", minute: 1, properties: """{"previous_id":"old"}"""),
            Some.Event(user: "new", minute: 2)));

        Assert.Equal(("u:new", 3), (visit.Key, visit.Events));
    }

    [Fact]
    public void A_claimed_alias_joins_nobody() =>
        Assert.Equal(2, Visits(
            Some.Event(user: "old", minute: 0),
            Some.Event(
                "alias",
                user: "new",
                minute: 1,
                trust: Trust.Claimed,
                properties: """{"previous_id":"old"}""")).Count);

    [Fact]
    public void A_verified_alias_gives_a_device_that_named_nobody_to_its_user() =>
        Assert.Equal("u:ada", Assert.Single(Visits(
            Some.Event(device: "d1", minute: 0),
            Some.Event("alias", user: "ada", minute: 1, properties: """{"previous_id":"d1"}""")))
            .Key);

    private static IReadOnlyList<Session> Visits(params Event[] events) => Sessionizer.All(
        [new VisitKind()], ProjectSettings.Default, Worlds.SuppressMails, events, []);
}
