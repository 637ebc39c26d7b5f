using Sojourn.Events;
using Sojourn.Sessions;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Merges: staff make two people one, see before what it does, and undo it.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task What_staff_say_of_two_people_is_in_no_session()
    {
        await AppendAsync(Some.Event(user: "ada"), Merging("ada", "old", minute: 300));

        var visit = Assert.Single((await ListAsync()).Items);

        Assert.Equal((1, Some.Us(0)), (visit.RawEvents, visit.LastEventUs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_undo_parts_two_people_again_whichever_came_first(bool undoFirst)
    {
        await TwoPeopleAsync();
        var apart = await TextsAsync();
        Event[] words = [Merging("ada", "old", minute: 300), Undoing("ada", minute: 301)];

        foreach (var word in undoFirst ? words.Reverse() : words)
            await AppendAsync(word);

        Assert.Equal(apart, await TextsAsync());
        Assert.Equal("old", (await PersonAsync("old")).Person.Id);
        Assert.Equal("phone", (await PersonAsync("phone")).Person.Id);
        Assert.Empty((await PersonAsync("ada")).Aliases);
        await RestartAsync();
        Assert.Equal(apart, await TextsAsync());
        Assert.Equal("old", (await PersonAsync("old")).Person.Id);
    }

    [Fact]
    public async Task An_undo_leaves_what_another_alias_joins()
    {
        await TwoPeopleAsync();
        await AppendAsync(
            Merging("ada", "old", minute: 300),
            Merging("ada", "phone", minute: 301, id: "second"));

        await AppendAsync(Undoing("ada", minute: 302));

        Assert.Equal("ada", (await PersonAsync("phone")).Person.Id);
        Assert.Equal("old", (await PersonAsync("old")).Person.Id);
    }

    [Fact]
    public async Task A_device_given_away_by_a_merge_comes_back()
    {
        await AppendAsync(Some.Event(device: "phone"), Some.Event(minute: 5, user: "ada"));
        await AppendAsync(Merging("ada", "phone", minute: 300));
        Assert.Equal(2, Assert.Single((await ListAsync()).Items).Events);

        await AppendAsync(Undoing("ada", minute: 301));

        Assert.Equal(2, (await ListAsync()).Total);
        Assert.Equal("d:phone", (await PersonAsync("phone")).Person.Key);
    }

    [Theory]
    [InlineData(Trust.Claimed)]
    [InlineData(Trust.Verified)]
    public async Task Only_staff_undo(Trust trust)
    {
        await TwoPeopleAsync();

        await AppendAsync(
            Merging("ada", "old", minute: 300), Undoing("ada", minute: 2) with { Trust = trust });

        Assert.Equal("ada", (await PersonAsync("old")).Person.Id);
    }

    [Fact]
    public async Task The_preview_of_a_merge_is_what_comes_of_it()
    {
        await TwoPeopleAsync();
        var merge = Merging("ada", "old", minute: 300);

        var preview = await Store.PreviewAliasAsync(Project, merge, Cancel);
        var before = (await ListAsync(Leads with { WithFacets = false })).Items;
        await AppendAsync(merge);
        var after = await ListAsync();

        // The device is somebody else's.
        Assert.Equal(
            (before.Count - 1, after.Total - 1), (preview!.Before, (long)preview.After));
        var joined = Assert.Single(preview.Joined);
        Assert.Equal(["ada", "old"], joined.Sessions.Select(one => one.PersonId));
        Assert.Equal(1, preview.JoinedTotal);
    }

    [Fact]
    public async Task A_preview_knows_earlier_merges_and_leaves_archived_visits_out()
    {
        await TwoPeopleAsync();
        await AppendAsync(Merging("ada", "phone", minute: 300));
        var late = (await ListAsync()).Items.Single(one => one.StartedUs == Some.Us(200));
        Clock.Advance(TimeSpan.FromHours(9));
        await Store.ActAsync(
            new(Project, late.Id, null, ActionTypes.Archive, null, null, "amina"), Cancel);

        var preview = await Store.PreviewAliasAsync(
            Project, Merging("ada", "old", minute: 301, id: "second"), Cancel);

        Assert.Equal((2, 1), (preview!.Before, preview.After));
    }

    // Two visits at once, one later; a device of nobody between.
    private async Task TwoPeopleAsync() => await AppendAsync(
        Some.Event(user: "ada"),
        Some.Event(minute: 5, user: "old"),
        Some.Event(minute: 10, device: "phone"),
        Some.Event(minute: 200, user: "old"));

    private async Task<List<string>> TextsAsync() => [.. (await AllAsync()).Select(TextOf)];

    private static Event Merging(
        string user, string previous, double minute, string id = "merge") =>
        AliasEvent.Of(user, previous, new EventPosition(Some.Us(minute), null, id), "amina");

    private static Event Undoing(string user, double minute) => AliasEvent.Undoing(
        user, "merge", new EventPosition(Some.Us(minute), null, "undo"), "amina");
}
