using Sojourn.Kinds.Checkouts;
using Sojourn.Sessions;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Staff actions: judged once, kept for ever, and they follow their session.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task An_accepted_action_raises_the_version_and_is_told_in_the_timeline()
    {
        await AppendAsync(Some.Event());
        var id = Assert.Single(await AllAsync()).Id;

        var answer = await ActAsync(id, ActionTypes.Note, text: "called");

        Assert.Null(answer.Refusal);
        Assert.Equal(1, answer.Session?.Version);
        Assert.Equal(1, Assert.Single(await AllAsync()).Version);
        var timeline = await Store.TimelineAsync(Project, id, null, 10, Cancel);
        var action = Assert.Single(timeline!.Actions);
        Assert.Equal(("note", "called", "mia"), (action.Type, action.Text, action.Actor));
        Assert.Equal((1, Micros()), (action.Number, action.AcceptedUs));
    }

    [Fact]
    public async Task Events_do_not_make_staffs_version_stale()
    {
        await AppendAsync(Some.Event());
        var id = Assert.Single(await AllAsync()).Id;
        await AppendAsync(Some.Event(minute: 1));

        Assert.Null((await ActAsync(id, ActionTypes.Note, version: 0)).Refusal);
    }

    [Fact]
    public async Task A_stale_version_is_refused_with_what_came_first()
    {
        await AppendAsync(Some.Event());
        var id = Assert.Single(await AllAsync()).Id;
        await ActAsync(id, ActionTypes.Note, text: "first", version: 0);

        var answer = await ActAsync(id, ActionTypes.Note, text: "second", version: 0);

        Assert.Equal("version_stale", answer.Refusal);
        Assert.Equal("first", answer.Latest?.Text);
        Assert.Equal(1, answer.Session?.Version);
        Assert.Equal(1, (await FindAsync(id)).Version);
    }

    [Fact]
    public async Task What_the_kind_does_not_allow_is_refused_and_changes_nothing()
    {
        var id = await NewCheckoutAsync();

        var answer = await ActAsync(id, ActionTypes.Status, to: CheckoutStatus.Recovered);

        Assert.Equal("transition_not_allowed", answer.Refusal);
        Assert.Equal(0, (await FindAsync(id)).Version);
    }

    [Fact]
    public async Task A_session_that_goes_on_cannot_be_archived()
    {
        await AppendAsync(Some.Event(minute: 119));
        var id = Assert.Single(await AllAsync()).Id;

        Assert.Equal(
            "transition_not_allowed", (await ActAsync(id, ActionTypes.Archive)).Refusal);

        Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null((await ActAsync(id, ActionTypes.Archive)).Refusal);
    }

    [Fact]
    public async Task An_unknown_action_and_an_unknown_session_are_refused()
    {
        var id = await NewCheckoutAsync();

        var answer = await ActAsync(id, "dance");
        Assert.Equal("action_unknown", answer.Refusal);
        Assert.Equal(id, answer.Session?.Id);

        var nobody = await ActAsync(new SessionId('c', 5, 1), ActionTypes.Note);
        Assert.Equal("session_unknown", nobody.Refusal);
        Assert.Null(nobody.Session);
    }

    [Fact]
    public async Task Moves_are_folded_into_the_status_that_lists_show()
    {
        var id = await NewCheckoutAsync();

        var answer = await ActAsync(id, ActionTypes.Status, to: CheckoutStatus.Contacted);
        await ActAsync(id, ActionTypes.Assign, text: "mia");

        Assert.Equal(CheckoutStatus.Contacted, answer.Session?.Lifecycle.Status);
        var listed = Assert.Single(await AllAsync(Checkouts));
        Assert.Equal(CheckoutStatus.Contacted, listed.Lifecycle.StatusAt(Micros()));
        Assert.Contains("mia", listed.Values);
        Assert.Equal(2, listed.Version);
    }

    [Fact]
    public async Task An_archived_session_leaves_the_default_list_until_it_is_brought_back()
    {
        var id = await NewCheckoutAsync();

        await ActAsync(id, ActionTypes.Archive);
        Assert.Equal(0, (await ListAsync(Checkouts)).Total);
        Assert.True(Assert.Single(await AllAsync(Checkouts with { Archived = true })).Archived);

        await ActAsync(id, ActionTypes.Unarchive);
        Assert.Equal(1, (await ListAsync(Checkouts)).Total);
    }

    [Fact]
    public async Task An_action_follows_its_event_through_a_late_start_and_a_merge()
    {
        await AppendAsync(Some.Event(minute: 0), Some.Event(minute: 40));
        var second = (await AllAsync()).MaxBy(session => session.StartedUs)!;
        await ActAsync(second.Id, ActionTypes.Note, text: "second");

        await AppendAsync(Some.Event(minute: 35));
        Assert.Equal([0, 1], (await AllAsync()).OrderBy(s => s.StartedUs).Select(s => s.Version));

        await AppendAsync(Some.Event(minute: 20));
        Assert.Equal(1, Assert.Single(await AllAsync()).Version);
        Assert.Equal(1, (await FindAsync(second.Id)).Version);
    }

    [Fact]
    public async Task An_action_on_an_id_that_moved_is_done_to_the_session_that_holds_it()
    {
        await AppendAsync(Some.Event(minute: 10));
        var old = Assert.Single(await AllAsync()).Id;
        await AppendAsync(Some.Event(minute: 5));

        var answer = await ActAsync(old, ActionTypes.Note);

        Assert.Null(answer.Refusal);
        Assert.NotEqual(old, answer.Session?.Id);
        Assert.Equal(1, Assert.Single(await AllAsync()).Version);
    }

    private Task<ActionAnswer> ActAsync(
        SessionId id, string type, string? to = null, string? text = null, int? version = null) =>
        Store.ActAsync(
            new ActionRequest(Project, id, version, type, to, text, "mia"), Cancel);

    /// <summary>A checkout whose customer has been silent long enough.</summary>
    private async Task<SessionId> NewCheckoutAsync()
    {
        await AppendAsync(Some.Event(
            "checkout_started", properties: """{"checkout_id":"k1"}"""));
        return Assert.Single(await AllAsync(Checkouts)).Id;
    }

    private long Micros() => Sojourn.Events.Micros.NowUs(Clock);
}
