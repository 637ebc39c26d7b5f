using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

public sealed class ReadingTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedStore _store;
    private string _project = "";

    public ReadingTests() => _store = EmbeddedStore.Open(
        _folder.Data,
        new StoreKinds(
            [new PlainVisit()],
            _ => new EachAlone(e => e.Name == "crawl" ? "crawler" : null)),
        new FakeClock(Some.Start));

    public async ValueTask InitializeAsync() => _project = await _store.CreateProjectAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pages_of_events_go_from_the_newest_to_the_oldest_without_gap_or_repetition()
    {
        for (var i = 0; i < 7; i++)
            await _store.AppendAsync(_project, Some.Event(minute: i), Some.Event(minute: i));

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await EventsAsync(new EventQuery { Limit = 3, Cursor = cursor });
            seen.AddRange(page.Items.Select(item => item.Event.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        var all = await _store.IdsAsync(_project);
        all.Reverse();
        Assert.Equal(all, seen);
    }

    [Fact]
    public async Task Events_are_found_by_person_name_time_and_suppression()
    {
        var (one, two) = (Some.Event(user: "ada", minute: 1), Some.Event(user: "bob", minute: 2));
        var three = Some.Event("crawl", device: "phone", minute: 3);
        await _store.AppendAsync(_project, one, two, three);

        Assert.Equal([one], await FoundAsync(new() { Person = "ada" }));
        Assert.Equal([], await FoundAsync(new() { Person = "phone" }));
        Assert.Equal(
            [three],
            await FoundAsync(new() { Person = "phone", Suppressed = SuppressedView.Only }));
        Assert.Equal(
            [three, two, one], await FoundAsync(new() { Suppressed = SuppressedView.All }));
        Assert.Equal([two], await FoundAsync(new() { FromUs = Some.Us(2), ToUs = Some.Us(3) }));
        Assert.Equal([], await FoundAsync(new() { Names = ["other"] }));
        Assert.Equal([two, one], await FoundAsync(new() { Names = ["other", "page_view"] }));
    }

    [Fact]
    public async Task A_story_is_told_in_order_of_events_page_by_page_with_late_ones_between()
    {
        var events = Enumerable.Range(0, 5).Select(i => Some.Event(minute: 2 * i)).ToList();
        await _store.AppendAsync(_project, [events[4], events[0], events[2]]);
        await _store.AppendAsync(_project, [events[1]]);

        var first = await _store.StoryAsync(_project, events[0], null, 3);
        await _store.AppendAsync(_project, [events[3], Some.Event(minute: 1)]);
        var second = await _store.StoryAsync(_project, events[0], first!.Events.Next, 9);

        Assert.Equal(events.Take(3), first.Events.Items.Select(item => item.Event));
        Assert.Equal(events.Skip(3), second!.Events.Items.Select(item => item.Event));
        Assert.Null(second.Events.Next);
    }

    [Fact]
    public async Task An_unknown_session_has_no_story()
    {
        Assert.Null(await _store.StoryAsync(_project, Some.Event()));
    }

    [Fact]
    public async Task A_reader_gets_the_changes_of_its_project_with_their_sequence()
    {
        var other = await _store.CreateProjectAsync("other");
        await _store.AppendAsync(_project, Some.Event(user: "early"));
        var changes = _store.ChangesFrom(_project);

        await _store.AppendAsync(other, Some.Event(user: "elsewhere"));
        await _store.AppendAsync(_project, Some.Event(user: "bob"));

        await foreach (var change in changes)
        {
            Assert.Equal(2, change.Sequence);
            Assert.Equal("bob", Assert.Single(change.Changed).PersonId);
            break;
        }
    }

    [Fact]
    public async Task A_reader_that_falls_behind_sees_a_gap_and_the_newest_changes()
    {
        var changes = _store.ChangesFrom(_project);
        for (var i = 0; i < 300; i++)
            await _store.AppendAsync(_project, Some.Event(minute: i));

        var seen = new List<long>();
        await foreach (var change in changes)
        {
            seen.Add(change.Sequence);
            if (change.Sequence == 300)
                break;
        }

        Assert.True(seen[0] > 1);
        Assert.Equal(Enumerable.Range((int)seen[0], seen.Count).Select(i => (long)i), seen);
    }

    [Fact]
    public async Task An_allowed_action_is_in_the_session_and_its_version_counts_it()
    {
        var e = Some.Event();
        await _store.AppendAsync(_project, e);

        var answer = await _store.ActAsync(SomeStore.Request(_project, e, "status", to: "won"));

        Assert.Null(answer.Refusal);
        Assert.Equal(1, answer.Session?.Version);
        Assert.Equal("won", answer.Session?.Lifecycle.Status);
        Assert.Equal(1, (await _store.ListAsync(_project)).Items[0].Version);
    }

    [Fact]
    public async Task A_move_the_kind_refuses_changes_nothing()
    {
        var e = Some.Event();
        await _store.AppendAsync(_project, e);

        var answer = await _store.ActAsync(SomeStore.Request(_project, e, "status", to: "lost"));

        Assert.Equal("transition_not_allowed", answer.Refusal);
        Assert.Equal(0, answer.Session?.Version);
        Assert.Empty((await _store.StoryAsync(_project, e))!.Actions);
    }

    [Fact]
    public async Task Of_two_who_saw_the_same_version_the_second_is_told_what_the_first_did()
    {
        var e = Some.Event();
        await _store.AppendAsync(_project, e);
        await _store.ActAsync(SomeStore.Note(_project, e, "first", version: 0));

        var answer = await _store.ActAsync(SomeStore.Note(_project, e, "second", version: 0));

        Assert.Equal("version_stale", answer.Refusal);
        Assert.Equal("first", answer.Latest?.Text);
        Assert.Equal(1, answer.Session?.Version);
    }

    [Fact]
    public async Task Unknown_sessions_and_unknown_types_are_refused_by_name()
    {
        var e = Some.Event();
        await _store.AppendAsync(_project, e);

        var unknown = await _store.ActAsync(SomeStore.Note(_project, Some.Event(), "x"));
        var odd = await _store.ActAsync(SomeStore.Request(_project, e, "explode"));

        Assert.Equal("session_unknown", unknown.Refusal);
        Assert.Equal("action_unknown", odd.Refusal);
    }

    [Fact]
    public async Task Another_timeout_is_previewed_without_changing_anything()
    {
        await _store.AppendAsync(
            _project, Some.Event(minute: 0), Some.Event(minute: 20), Some.Event(minute: 65));

        var shorter = await _store.PreviewAsync(_project, TimeSpan.FromMinutes(10));
        var longer = await _store.PreviewAsync(_project, TimeSpan.FromMinutes(60));

        Assert.Equal(new TimeoutPreview(2, 3, 1, 0), shorter);
        Assert.Equal(new TimeoutPreview(2, 1, 0, 1), longer);
        Assert.Equal(2, (await _store.ListAsync(_project)).Total);
    }

    [Fact]
    public async Task A_preview_also_holds_where_other_cuts_are_on()
    {
        var settings = new ProjectSettings { MaxEvents = 2 };
        var project = (await _store.CreateAsync("cut", settings)).Project.Id;
        await _store.AppendAsync(
            project, Some.Event(minute: 0), Some.Event(minute: 20), Some.Event(minute: 65));

        var preview = await _store.PreviewAsync(project, TimeSpan.FromMinutes(10));

        Assert.Equal(new TimeoutPreview(2, 3, 1, 0), preview);
    }

    private Task<EventPage> EventsAsync(EventQuery query) =>
        _store.EventsAsync(_project, query, default);

    private async Task<IEnumerable<Event>> FoundAsync(EventQuery query) =>
        (await EventsAsync(query)).Items.Select(item => item.Event);
}
