using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Sessions;
using Sojourn.Queries;
using Sojourn.Tests.Sessions;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Sessions: served at once, and the same for every order of arrival.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_session_is_served_when_its_events_are_answered()
    {
        await AppendAsync(Some.Event("page_view"), Some.Event("form_submit", minute: 3));

        var session = Assert.Single((await ListAsync()).Items);
        Assert.Equal("ada", session.PersonId);
        Assert.Equal(2, session.Events);
        Assert.Equal(("page_view", "form_submit"), (session.Entry, session.Exit));
        Assert.Equal(Some.Us(3) - Some.Us(0), session.DurationUs);
        Assert.Equal(["form_submit", "page_view"], session.EventNames);
    }

    [Fact]
    public async Task A_gap_of_exactly_the_timeout_begins_another_session()
    {
        await AppendAsync(Some.Event(), Some.Event(minute: 30));
        Assert.Equal(2, (await ListAsync()).Total);

        await AppendAsync(Some.Event(user: "eve"));
        await AppendAsync(Some.Event(user: "eve", minute: 29.9999));
        Assert.Equal(3, (await ListAsync()).Total);
    }

    [Fact]
    public async Task A_late_event_begins_the_session_earlier_and_the_old_id_leads_to_it()
    {
        await AppendAsync(Some.Event(minute: 10));
        var before = Assert.Single(await AllAsync());

        await AppendAsync(Some.Event(minute: 5));

        var after = Assert.Single(await AllAsync());
        Assert.Equal(Some.Us(5), after.StartedUs);
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal(after.Id, (await FindAsync(before.Id)).Id);
    }

    [Fact]
    public async Task Every_event_leads_to_the_session_of_a_kind_that_holds_it()
    {
        const string Properties = """{"checkout_id":"k1"}""";
        Event[] events =
        [
            Some.Event(), Some.Event(minute: 3), Some.Event(minute: 60),
            Some.Event("checkout_field", minute: 61, properties: Properties),
            Some.Event("checkout_updated", minute: 62, properties: Properties),
            Some.Event("checkout_updated", minute: 63, properties: Properties) with
            {
                UserId = null,
            },
        ];
        await AppendAsync(events);

        foreach (var e in events.SkipLast(1))
        {
            var visit = await FindAsync(SessionId.LeadingTo(Leads.Lens.Kind, e)!.Value);
            Assert.Equal(Some.Us(e.TimeUs < Some.Us(60) ? 0 : 60), visit.StartedUs);
        }

        foreach (var e in events.Skip(3))
        {
            var checkout = await FindAsync(SessionId.LeadingTo(Checkouts.Lens.Kind, e)!.Value);
            Assert.Equal((Some.Us(61), 3), (checkout.StartedUs, checkout.RawEvents));
        }

        Assert.Null(SessionId.LeadingTo(Leads.Lens.Kind, events[^1]));
        Assert.Null(SessionId.LeadingTo(Checkouts.Lens.Kind, events[0]));
    }

    [Fact]
    public async Task A_late_event_can_bridge_two_sessions()
    {
        await AppendAsync(Some.Event(minute: 0), Some.Event(minute: 40));
        var before = await AllAsync();
        Assert.Equal(2, before.Count);

        await AppendAsync(Some.Event(minute: 20));

        var after = Assert.Single(await AllAsync());
        Assert.Equal(3, after.Events);
        foreach (var old in before)
            Assert.Equal(after.Id, (await FindAsync(old.Id)).Id);
    }

    [Fact]
    public async Task Anonymous_events_become_those_of_the_next_user_on_the_device()
    {
        await AppendAsync(Some.Event(device: "phone"));
        var before = Assert.Single(await AllAsync());
        Assert.Equal("phone", before.PersonId);

        await AppendAsync(Some.Event("identify", minute: 1, device: "phone", user: "ada"));
        await AppendAsync(Some.Event(minute: 2, user: "ada"));

        var after = Assert.Single(await AllAsync());
        Assert.Equal(("u:ada", 3), (after.Key, after.Events));
        Assert.Equal(before.Id, after.Id);
    }

    [Fact]
    public async Task Two_users_of_one_device_stay_apart()
    {
        await AppendAsync(
            Some.Event(minute: 0, device: "tablet", user: "ada"),
            Some.Event(minute: 1, device: "tablet", user: "eve"),
            Some.Event(minute: 2, user: "ada"));

        Assert.Equal(
            ["u:ada", "u:eve"], (await AllAsync()).Select(session => session.Key).Order());
    }

    [Fact]
    public async Task A_claimed_user_joins_no_history()
    {
        await AppendAsync(Some.Event(minute: 0, user: "ada"));

        await AppendAsync(Some.Event(
            "identify", minute: 1, device: "phone", user: "ada", trust: Trust.Claimed));

        Assert.Equal(
            ["d:phone~ada", "u:ada"],
            (await AllAsync()).Select(session => session.Key).Order());
    }

    [Fact]
    public async Task A_verified_alias_joins_two_people_and_their_ids()
    {
        await AppendAsync(
            Some.Event(minute: 0, user: "lead-7"), Some.Event(minute: 10, user: "ada"));
        var before = await AllAsync();
        Assert.Equal(2, before.Count);

        await AppendAsync(Some.Event(
            "alias", minute: 20, user: "ada", properties: """{"previous_id":"lead-7"}"""));

        var after = Assert.Single(await AllAsync());
        Assert.Equal(("u:ada", 3), (after.Key, after.Events));
        foreach (var old in before)
            Assert.Equal(after.Id, (await FindAsync(old.Id)).Id);
    }

    [Fact]
    public async Task An_alias_of_a_device_gives_its_visits_to_the_user()
    {
        await AppendAsync(Some.Event(device: "phone"));

        await AppendAsync(Some.Event(
            "alias", minute: 1, user: "ada", properties: """{"previous_id":"phone"}"""));

        Assert.Equal("u:ada", Assert.Single(await AllAsync()).Key);
    }

    [Fact]
    public async Task A_checkout_gathers_its_events_from_everywhere()
    {
        await AppendAsync(Some.Event(
            "checkout_started", device: "phone", properties: """{"checkout_id":"k1"}"""));
        await AppendAsync(Some.Event(
            "checkout_field", minute: 1, device: "laptop", properties: """{"checkout_id":"k1"}"""));
        var order = Some.Event(
            "order_submitted",
            minute: 2,
            properties: """{"checkout_id":"k1","order_id":"o1","total":"9.50","currency":"EUR"}""");
        await AppendAsync(order with { UserId = null });

        var checkout = Assert.Single(await AllAsync(Checkouts));
        Assert.Equal(("k1", 3), (checkout.Key, checkout.Events));
        Assert.Equal(CheckoutStatus.Converted, checkout.Lifecycle.Status);
        Assert.Contains(new Money(950, "EUR"), checkout.Values);
    }

    [Fact]
    public async Task A_checkout_follows_its_person()
    {
        await AppendAsync(Some.Event(
            "checkout_started", device: "phone", properties: """{"checkout_id":"k1"}"""));
        Assert.Equal("phone", Assert.Single(await AllAsync(Checkouts)).PersonId);

        await AppendAsync(Some.Event("identify", minute: 9, device: "phone", user: "ada"));

        Assert.Equal("ada", Assert.Single(await AllAsync(Checkouts)).PersonId);
    }

    [Fact]
    public async Task A_checkout_begun_again_after_its_order_is_another_session()
    {
        await AppendAsync(
            Some.Event("checkout_started", properties: """{"checkout_id":"k1"}"""),
            Some.Event("order_submitted", minute: 1, properties: """{"checkout_id":"k1"}"""),
            Some.Event("checkout_started", minute: 2, properties: """{"checkout_id":"k1"}"""));

        var runs = await AllAsync(Checkouts);
        Assert.Equal([2UL, 1UL], runs.Select(run => run.Id.Part));
        foreach (var run in runs)
            Assert.Equal(TextOf(run), TextOf(await FindAsync(run.Id)));
    }

    [Fact]
    public async Task A_found_session_has_its_detail_and_a_listed_one_has_not()
    {
        await AppendAsync(Some.Event(
            "checkout_started", properties: """{"checkout_id":"k1","required":["name"]}"""));
        var listed = Assert.Single(await AllAsync(Checkouts));

        var found = await FindAsync(listed.Id);

        Assert.Null(listed.Detail);
        Assert.Null(listed.FirstEvent);
        Assert.Equal(["name"], Assert.IsType<Checkout>(found.Detail).Form.Required);
        Assert.Equal("checkout_started", found.FirstEvent?.Name);
        Assert.Equal(TextOf(listed), TextOf(found));
    }

    [Theory]
    [InlineData('v')]
    [InlineData('c')]
    [InlineData('x')]
    public async Task An_id_of_no_session_finds_nothing(char kind)
    {
        await AppendAsync(Some.Event());
        var id = new SessionId(kind, 1, 1);

        Assert.Null(await Store.FindSessionAsync(Project, id, Cancel));
        Assert.Null(await Store.TimelineAsync(Project, id, null, 10, Cancel));
    }

    [Fact]
    public async Task A_timeline_shows_the_sessions_events_in_order_page_by_page()
    {
        var events = Enumerable.Range(0, 7).Select(i => Some.Event(minute: i)).ToArray();
        await AppendAsync([.. events.Reverse(), Some.Event(user: "eve"), Some.Event(minute: 90)]);
        var id = (await AllAsync()).Single(session => session.Events == 7).Id;

        var found = new List<Event>();
        string? cursor = null;
        do
        {
            var timeline = await Store.TimelineAsync(Project, id, cursor, 3, Cancel);
            Assert.Equal(id, timeline?.Session.Id);
            found.AddRange(timeline!.Events.Items.Select(item => item.Event));
            cursor = timeline.Events.Next;
        }
        while (cursor is not null && found.Count <= events.Length);

        Assert.Equal(events, found);
    }

    [Fact]
    public async Task A_preview_counts_what_another_timeout_would_change()
    {
        await AppendAsync(
            Some.Event(minute: 0), Some.Event(minute: 20), Some.Event(minute: 60),
            Some.Event(user: "eve"), Some.Event(user: "eve", minute: 25));

        var shorter = await Store.PreviewTimeoutAsync(Project, TimeSpan.FromMinutes(15), Cancel);
        var longer = await Store.PreviewTimeoutAsync(Project, TimeSpan.FromMinutes(45), Cancel);

        Assert.Equal(new(3, 5, 2, 0), shorter);
        Assert.Equal(new(3, 2, 0, 1), longer);
        Assert.Equal(3, (await ListAsync()).Total);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_order_and_any_batches_make_the_sessions_of_the_pure_function(int seed)
    {
        var random = new Random(seed);
        var events = Worlds.Events(random, 150);
        var sent = events.Concat(events.Take(40)).ToArray();
        random.Shuffle(sent);

        foreach (var batch in sent.Chunk(1 + random.Next(30)))
            await AppendAsync(batch);

        var expected = Sessionizer.All(
            Kinds,
            ProjectSettings.Default,
            SuppressionOf(ProjectSettings.Default),
            events,
            []);
        foreach (var query in new[] { Leads, Checkouts, Reservations })
        {
            Assert.Equal(
                expected.Where(one => one.Kind == query.Lens.Kind.Name).Select(TextOf).Order(),
                (await AllAsync(query with { Suppressed = SuppressedView.All }))
                    .Select(TextOf).Order());
        }

        Assert.Empty(await Store.VerifyAsync(Cancel).ToListAsync(Cancel));
    }
}
