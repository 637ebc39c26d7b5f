using Sojourn.Events;
using Sojourn.Kinds.Visits;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Sessions;

/// <summary>Where a visit begins and ends, and what counts in it.</summary>
public class SessionizerTests
{
    [Theory]
    [InlineData(29.99, 1)]
    [InlineData(30, 2)] // exactly the timeout starts a new one
    public void Silence_as_long_as_the_timeout_starts_a_new_visit(double minute, int visits) =>
        Assert.Equal(visits, Visits(Some.Event(minute: 0), Some.Event(minute: minute)).Count);

    [Fact]
    public void A_visit_of_one_event_lasts_no_time()
    {
        var visit = Assert.Single(Visits(Some.Event(minute: 3)));

        Assert.Equal(0, visit.DurationUs);
        Assert.Equal(1, visit.Events);
    }

    [Fact]
    public void The_first_visit_and_the_later_ones_say_why_they_began()
    {
        var visits = Visits(Some.Event(minute: 0), Some.Event(minute: 60));

        Assert.Equal(
            [SessionEdge.First, SessionEdge.Idle], visits.Select(visit => visit.StartReason));
    }

    [Fact]
    public void A_visit_is_open_until_the_timeout_has_passed()
    {
        var visit = Assert.Single(Visits(Some.Event(minute: 0)));

        Assert.Equal("active", visit.Lifecycle.StatusAt(Some.Us(30) - 1));
        Assert.Equal(SessionEdge.Open, visit.Lifecycle.EndReasonAt(Some.Us(30) - 1));
        Assert.Equal("ended", visit.Lifecycle.StatusAt(Some.Us(30)));
        Assert.Equal(SessionEdge.Idle, visit.Lifecycle.EndReasonAt(Some.Us(30)));
    }

    [Fact]
    public void A_heartbeat_lengthens_a_visit_and_is_no_event()
    {
        var visit = Assert.Single(Visits(
            Some.Event(minute: 0),
            Some.Event("page_ping", minute: 25),
            Some.Event(minute: 50)));

        Assert.Equal(2, visit.Events);
        Assert.Equal(3, visit.RawEvents);
        Assert.Equal(Some.Us(50), visit.EndedUs);
    }

    [Fact]
    public void A_heartbeat_alone_is_no_visit() =>
        Assert.Empty(Visits(Some.Event("page_ping")));

    [Fact]
    public void A_visit_is_cut_at_its_greatest_length()
    {
        var visits = Visits(
            new ProjectSettings { MaxLength = TimeSpan.FromMinutes(40) },
            [.. Enumerable.Range(0, 5).Select(i => Some.Event(minute: i * 20))]);

        Assert.Equal([2, 2, 1], visits.Select(visit => visit.Events));
        Assert.Equal(SessionEdge.MaxLength, visits[0].Lifecycle.EndReason);
        Assert.Equal(SessionEdge.MaxLength, visits[1].StartReason);
    }

    [Fact]
    public void A_visit_is_cut_at_its_greatest_count_of_events()
    {
        var visits = Visits(
            new ProjectSettings { MaxEvents = 2 },
            [.. Enumerable.Range(0, 5).Select(i => Some.Event(minute: i))]);

        Assert.Equal([2, 2, 1], visits.Select(visit => visit.Events));
    }

    [Fact]
    public void Another_campaign_starts_another_visit_when_the_project_wants_that()
    {
        Event[] events =
        [
            Some.Event(minute: 0),
            Some.Event(minute: 1, context: Campaign("spring")),
            Some.Event(minute: 2, context: Campaign("spring")),
            Some.Event(minute: 3),
            Some.Event(minute: 4, context: Campaign("summer")),
        ];

        Assert.Single(Visits(events));
        Assert.Equal(
            [1, 3, 1],
            Visits(new ProjectSettings { CutAtCampaign = true }, events)
                .Select(visit => visit.Events));
    }

    [Fact]
    public void Midnight_is_where_the_projects_zone_says()
    {
        // 10:00 UTC is minute 0; 23:00 UTC is midnight in Algiers.
        Event[] events = [Some.Event(minute: 779), Some.Event(minute: 781)];

        Assert.Single(Visits(new ProjectSettings { CutAtMidnight = true }, events));
        Assert.Equal(2, Visits(
            new ProjectSettings { CutAtMidnight = true, TimeZone = "Africa/Algiers" },
            events).Count);
    }

    [Fact]
    public void Events_of_one_instant_are_ordered_by_the_senders_count_then_by_id()
    {
        var visit = Assert.Single(Visits(
            Some.Event("b", id: "2"),
            Some.Event("z", id: "0", seq: 8),
            Some.Event("y", id: "9", seq: 7),
            Some.Event("a", id: "1")));

        Assert.Equal("a", visit.Entry);
        Assert.Equal("z", visit.Exit);
    }

    [Fact]
    public void Suppressed_events_bound_a_visit_and_do_not_count_in_it()
    {
        var visit = Assert.Single(Visits(
            Some.Event("email_open", minute: 0),
            Some.Event("page_view", minute: 20),
            Some.Event("created", minute: 25),
            Some.Event("email_open", minute: 45),
            Some.Event("email_open", minute: 70)));

        Assert.Equal(("page_view", "created"), (visit.Entry, visit.Exit));
        Assert.Equal(2, visit.Events);
        Assert.Equal(5, visit.RawEvents);
        Assert.Equal(Some.Us(20), visit.StartedUs);
        Assert.Equal(Micros.From(TimeSpan.FromMinutes(5)), visit.DurationUs);
        Assert.Null(visit.SuppressedBy);
    }

    [Fact]
    public void A_visit_of_suppressed_events_alone_is_suppressed_and_keeps_its_counts()
    {
        var visit = Assert.Single(Visits(
            Some.Event("email_open", minute: 0), Some.Event("email_open", minute: 1)));

        Assert.Equal("mail", visit.SuppressedBy);
        Assert.Equal(2, visit.Events);
    }

    [Fact]
    public void The_id_stays_when_only_the_end_changes_and_moves_with_the_first_event()
    {
        Event[] two = [Some.Event(minute: 10), Some.Event(minute: 11)];
        var id = Assert.Single(Visits(two)).Id;

        Assert.Equal(id, Assert.Single(Visits([.. two, Some.Event(minute: 12)])).Id);
        Assert.NotEqual(id, Assert.Single(Visits([.. two, Some.Event(minute: 9)])).Id);
    }

    private static EventContext Campaign(string name) => new()
    {
        Campaign = new Campaign(name, "news", "email", null, null),
    };

    private static IReadOnlyList<Session> Visits(params Event[] events) =>
        Visits(ProjectSettings.Default, events);

    private static IReadOnlyList<Session> Visits(ProjectSettings settings, params Event[] events) =>
        Sessionizer.All([new VisitKind()], settings, Worlds.SuppressMails, events, []);
}
