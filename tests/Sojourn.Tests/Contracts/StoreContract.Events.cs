using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Events: kept once, whole, and in order of acceptance.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task An_event_is_read_back_as_it_was_stored()
    {
        var told = Some.Event("checkout_updated", user: "ada", device: "phone") with
        {
            SentUs = Some.Us(1),
            Seq = 7,
            ClockSuspect = true,
            Trust = Trust.Staff,
            Context = new EventContext
            {
                Ip = "2001:db8::1",
                UserAgent = "Mozilla/5.0 “quoted”",
                Url = "https://shop.example/é?a=1",
                Referrer = "https://example.org/",
                Locale = "fr-DZ",
                Country = "DZ",
                Campaign = new Campaign("spring", null, "mail", "", "b"),
            },
            Properties = Properties.FromJson("""{"b":1,"a":{"x":[1.50,"é"]},"b2":null}"""),
        };
        var bare = Some.Event(minute: 1, device: "tablet") with { OccurredUs = null };

        await AppendAsync(told, bare);

        Assert.Equal([told, bare], await EventsAsync());
    }

    [Fact]
    public async Task An_event_sent_again_is_a_duplicate()
    {
        var e = Some.Event(id: "once");
        var again = e with { SentUs = Some.Us(3), ReceivedUs = Some.Us(4), TimeUs = Some.Us(5) };

        Assert.Equal([AppendOutcome.Stored], await AppendAsync(e));
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(again));

        Assert.Equal([e], await EventsAsync());
    }

    [Fact]
    public async Task An_id_with_other_content_is_a_conflict_and_the_first_stays()
    {
        var e = Some.Event(id: "one");
        await AppendAsync(e);

        Assert.Equal([AppendOutcome.Conflict], await AppendAsync(e with { Name = "other" }));

        Assert.Equal([e], await EventsAsync());
    }

    [Fact]
    public async Task An_id_sent_for_somebody_else_is_a_conflict()
    {
        await AppendAsync(Some.Event(id: "one", device: "phone"));

        var other = Some.Event(id: "one", device: "laptop");

        Assert.Equal([AppendOutcome.Conflict], await AppendAsync(other));
        Assert.Equal(1, (await ListAsync()).Total);
    }

    [Fact]
    public async Task Within_a_batch_the_first_of_an_id_is_stored()
    {
        var e = Some.Event(id: "one");

        var outcomes = await AppendAsync(e, e, e with { Name = "other" });

        Assert.Equal(
            [AppendOutcome.Stored, AppendOutcome.Duplicate, AppendOutcome.Conflict], outcomes);
        Assert.Equal([e], await EventsAsync());
    }

    [Fact]
    public async Task Each_batch_gets_its_own_answers_in_order()
    {
        var other = await NewProjectAsync();
        var (a, b) = (Some.Event(id: "a"), Some.Event(id: "b"));

        var outcomes = await Store.AppendAsync(
            [
                new EventBatch(Project, [a]),
                new EventBatch(other, [a, b]),
                new EventBatch(Project, [b, a]),
                new EventBatch(other, []),
            ],
            Cancel);

        Assert.Equal(4, outcomes.Count);
        Assert.Equal([AppendOutcome.Stored], outcomes[0]);
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Stored], outcomes[1]);
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Duplicate], outcomes[2]);
        Assert.Empty(outcomes[3]);
    }

    [Fact]
    public async Task An_unknown_project_stores_nothing_of_anybody()
    {
        EventBatch[] batches =
        [
            new(Project, [Some.Event()]), new("p_nobody", [Some.Event()]),
        ];

        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(batches, Cancel));

        Assert.Empty(await EventsAsync());
    }

    [Fact]
    public async Task Events_come_in_order_of_acceptance()
    {
        var (late, early, middle) = (Some.Event(minute: 9), Some.Event(), Some.Event(minute: 5));

        await AppendAsync(late, early);
        await AppendAsync(middle);

        Assert.Equal([late, early, middle], await EventsAsync());
    }

    [Fact]
    public async Task An_event_that_names_nobody_is_kept_and_makes_no_visit()
    {
        var e = Some.Event() with { UserId = null };

        Assert.Equal([AppendOutcome.Stored], await AppendAsync(e));
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(e));

        Assert.Equal([e], await EventsAsync());
        Assert.Equal(0, (await ListAsync()).Total);
    }

    [Fact]
    public async Task Single_events_are_listed_with_the_last_accepted_first()
    {
        var (late, early, middle) = (Some.Event(minute: 9), Some.Event(), Some.Event(minute: 5));
        await AppendAsync(late, early);
        await AppendAsync(middle);

        var page = await Store.EventsAsync(Project, new EventQuery(), Cancel);

        Assert.Equal([middle, early, late], page.Items.Select(item => item.Event));
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Pages_of_single_events_hold_each_event_once(int limit)
    {
        var events = Enumerable.Range(0, 14)
            .Select(i => Some.Event(minute: i / 4, seq: i % 3 == 0 ? null : i % 3))
            .ToArray();
        await AppendAsync(events);

        var found = new List<Event>();
        string? cursor = null;
        do
        {
            var query = new EventQuery { Limit = limit, Cursor = cursor };
            var page = await Store.EventsAsync(Project, query, Cancel);
            found.AddRange(page.Items.Select(item => item.Event));
            cursor = page.Next;
        }
        while (cursor is not null && found.Count <= events.Length);

        Assert.Equal(events.Reverse(), found);
    }

    [Fact]
    public async Task Single_events_are_filtered_by_name_time_and_person()
    {
        var view = Some.Event("page_view", minute: 1, user: "ada");
        var form = Some.Event("form_submit", minute: 2, user: "ada");
        var other = Some.Event("page_view", minute: 3, device: "phone");
        await AppendAsync(view, form, other);

        Assert.Equal([other, view], await EventsAsync(new() { Names = ["page_view"] }));
        Assert.Equal(
            [form, view],
            await EventsAsync(new() { Names = ["page_view", "form_submit"], Person = "ada" }));
        Assert.Equal([other], await EventsAsync(new() { Person = "phone" }));
        Assert.Equal([form], await EventsAsync(new() { FromUs = Some.Us(2), ToUs = Some.Us(3) }));
    }

    [Fact]
    public async Task Single_events_tell_what_suppresses_them()
    {
        var real = Some.Event(minute: 1);
        var test = Some.Event(minute: 2, properties: """{"test":true}""");
        await AppendAsync(real, test);

        Assert.Equal([real], await EventsAsync(new()));
        Assert.Equal([test], await EventsAsync(new() { Suppressed = SuppressedView.Only }));
        var all = new EventQuery { Suppressed = SuppressedView.All };
        Assert.Equal(
            [new StoredEvent(test, "test"), new StoredEvent(real, null)],
            (await Store.EventsAsync(Project, all, Cancel)).Items);
    }

    [Fact]
    public async Task A_single_event_is_found_by_its_id()
    {
        var (one, other) = (Some.Event(id: "one", user: "ada"), Some.Event(id: "other"));
        await AppendAsync(one, other);

        Assert.Equal([one], await EventsAsync(new() { Id = "one" }));
        Assert.Empty(await EventsAsync(new() { Id = "one", Person = "eve" }));
        Assert.Empty(await EventsAsync(new() { Id = "none" }));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("bm9uc2Vuc2U")]
    public async Task A_cursor_nobody_gave_out_is_refused(string cursor)
    {
        await AppendAsync(Some.Event());
        var id = Assert.Single(await AllAsync()).Id;

        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.EventsAsync(Project, new EventQuery { Cursor = cursor }, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.TimelineAsync(Project, id, cursor, 10, Cancel));
    }

    private async Task<List<Event>> EventsAsync() =>
        await Store.AllEventsAsync(Project, Cancel).ToListAsync(Cancel);

    private async Task<IEnumerable<Event>> EventsAsync(EventQuery query) =>
        (await Store.EventsAsync(Project, query, Cancel)).Items.Select(item => item.Event);
}
