using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Contracts;

/// <summary>Projects keep apart, everything outlives a restart, and changes are told.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_project_is_found_by_its_keys()
    {
        var settings = ProjectSettings.Default with { TimeZone = "Africa/Algiers" };
        var name = $"shop {Guid.NewGuid()}";

        var created = await Store.CreateProjectAsync(name, settings, Cancel);

        Assert.Equal((name, settings), (created.Project.Name, created.Project.Settings));
        Assert.Contains(created.Project, Store.Projects);
        Assert.Equal(
            new ProjectKey(created.Project, KeyKind.Write), Store.FindKey(created.WriteKey));
        Assert.Equal(
            new ProjectKey(created.Project, KeyKind.Secret), Store.FindKey(created.SecretKey));
        Assert.Null(Store.FindKey(created.SecretKey + "x"));
        Assert.Null(Store.FindKey(""));
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        var name = $"shop {Guid.NewGuid()}";
        await Store.CreateProjectAsync(name, ProjectSettings.Default, Cancel);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            Store.CreateProjectAsync(name, ProjectSettings.Default, Cancel));

        Assert.Single(Store.Projects, project => project.Name == name);
    }

    [Fact]
    public async Task Projects_come_by_name()
    {
        await NewProjectAsync();
        await NewProjectAsync();

        var names = Store.Projects.Select(project => project.Name).ToList();

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    [Trait("Invariant", "I8")]
    public async Task Nothing_crosses_projects()
    {
        var e = Some.Event("checkout_started", id: "same", properties: """{"checkout_id":"k1"}""");
        await AppendAsync(e);
        var id = Assert.Single(await AllAsync()).Id;
        await ActAsync(id, ActionTypes.Note);
        var mine = Project;

        Project = await NewProjectAsync();
        Assert.Equal(0, (await ListAsync()).Total);
        Assert.Empty(await EventsAsync());
        Assert.Empty((await Store.EventsAsync(Project, new EventQuery(), Cancel)).Items);
        Assert.Null(await Store.FindSessionAsync(Project, id, Cancel));
        Assert.Equal("session_unknown", (await ActAsync(id, ActionTypes.Note)).Refusal);

        var other = e with { Name = "checkout_updated" };
        Assert.Equal([AppendOutcome.Stored], await AppendAsync(other));
        Assert.Equal([other], await EventsAsync());
        Assert.Equal(0, Assert.Single(await AllAsync()).Version);

        Project = mine;
        Assert.Equal([e], await EventsAsync());
        Assert.Equal(1, Assert.Single(await AllAsync()).Version);
    }

    [Fact]
    [Trait("Invariant", "I1")]
    public async Task A_restart_keeps_everything()
    {
        var created = await Store.CreateProjectAsync(
            $"shop {Guid.NewGuid()}", ProjectSettings.Default, Cancel);
        Project = created.Project.Id;
        await AppendShopAsync();
        await AppendCheckoutsAsync();
        var e = Some.Event(id: "kept", device: "phone");
        await AppendAsync(e);
        await ActAsync((await AllAsync(Checkouts))[0].Id, ActionTypes.Note, text: "kept");
        var (events, visits, checkouts) =
            (await EventsAsync(), await TextsAsync(Leads), await TextsAsync(Checkouts));

        await RestartAsync();

        Assert.Equal(created.Project, Store.FindKey(created.SecretKey)?.Project);
        Assert.Equal(events, await EventsAsync());
        Assert.Equal(visits, await TextsAsync(Leads));
        Assert.Equal(checkouts, await TextsAsync(Checkouts));
        Assert.Equal([AppendOutcome.Duplicate], await AppendAsync(e));
        Assert.Equal([AppendOutcome.Conflict], await AppendAsync(e with { Name = "other" }));
        var answer = await ActAsync((await AllAsync(Checkouts))[0].Id, ActionTypes.Note);
        Assert.Equal(2, answer.Session?.Version);
        Assert.Empty(await Store.VerifyAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Changed_and_removed_sessions_are_told_commit_by_commit()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        stop.CancelAfter(TimeSpan.FromSeconds(20));
        await using var changes =
            Store.ChangesAsync(Project, stop.Token).GetAsyncEnumerator(stop.Token);

        await AppendAsync(Some.Event(minute: 0), Some.Event(minute: 40));
        Assert.True(await changes.MoveNextAsync());
        var first = changes.Current;
        await AppendAsync(Some.Event(minute: 20));
        Assert.True(await changes.MoveNextAsync());
        var second = changes.Current;
        await ActAsync(second.Changed[0].Id, ActionTypes.Note);
        Assert.True(await changes.MoveNextAsync());

        Assert.Equal(2, first.Changed.Count);
        Assert.Empty(first.Removed);
        var merged = Assert.Single(second.Changed);
        Assert.Equal(3, merged.Events);
        Assert.Equal(
            first.Changed.Select(one => one.Id).Where(id => id != merged.Id), second.Removed);
        Assert.Equal(first.Sequence + 1, second.Sequence);
        Assert.Equal(second.Sequence + 1, changes.Current.Sequence);
        Assert.Equal(1, Assert.Single(changes.Current.Changed).Version);
    }

    [Fact]
    public async Task A_sound_store_has_no_troubles_and_verifies()
    {
        await AppendShopAsync();

        Assert.Empty(Store.Troubles);
        Assert.Empty(await Store.VerifyAsync(Cancel).ToListAsync(Cancel));
    }

    private async Task<IEnumerable<string>> TextsAsync(SessionQuery query) =>
        (await AllAsync(query)).Select(TextOf);
}
