using Sojourn.Events;
using Sojourn.Events.Classification;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

public sealed class SnapshotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_start_with_a_snapshot_reads_no_old_block()
    {
        var e = Some.Event(properties: """{"mark":"UNIQUE-MARK"}""");
        var project = await StoreAsync([e]);
        _folder.Damage("sojourn.db", "UNIQUE-MARK");

        await using var store = SomeStore.Open(_folder.Data);

        // It serves the session, and refuses the event whose bytes are not what was stored.
        Assert.Equal(1, (await store.ListAsync(project)).Total);
        var refusal = await Assert.ThrowsAsync<StoreException>(() => store.AllAsync(project));
        Assert.Equal(StoreFault.Damaged, refusal.Fault);
    }

    [Fact]
    public async Task Events_stored_after_the_snapshot_are_added_to_it()
    {
        var (first, second) = (Some.Event(minute: 0), Some.Event(minute: 10));
        var project = await StoreAsync([first, Some.Event(minute: 100)]);
        var snapshot = File.ReadAllBytes(SnapshotFile);
        await StoreAsync([second, first with { Name = "conflict" }], project);
        File.WriteAllBytes(SnapshotFile, snapshot);

        await using var store = SomeStore.Open(_folder.Data);

        Assert.Equal(2, (await store.SessionOfAsync(project, first))?.Events);
        Assert.Equal([AppendOutcome.Duplicate], await store.AppendAsync(project, second));
        Assert.Empty(await store.DifferencesAsync());
    }

    [Fact]
    public async Task A_snapshot_in_doubt_is_not_used()
    {
        var e = Some.Event();
        var project = await StoreAsync([e]);
        var bytes = File.ReadAllBytes(SnapshotFile);
        foreach (var damaged in Damages(bytes))
        {
            File.WriteAllBytes(SnapshotFile, damaged);

            await using var store = SomeStore.Open(_folder.Data);

            Assert.Equal(1, (await store.ListAsync(project)).Total);
            Assert.Equal([AppendOutcome.Duplicate], await store.AppendAsync(project, e));
            Assert.Empty(await store.DifferencesAsync());
        }
    }

    [Fact]
    public async Task A_snapshot_made_by_other_rules_is_not_used()
    {
        var project = await StoreAsync([Some.Event()]);
        var others = new StoreKinds([new PlainVisit(), new PlainKey()], _ => EachAlone.Nothing);

        await using var store = EmbeddedStore.Open(
            _folder.Data, others, new FakeClock(Some.Start));

        Assert.Empty(await store.DifferencesAsync());
        Assert.Equal(1, (await store.ListAsync(project, others.Kinds[1])).Total);
    }

    [Fact]
    public async Task Actions_before_and_after_the_snapshot_are_kept()
    {
        var e = Some.Event();
        var project = await StoreAsync([e]);
        await ActAsync("before");
        var snapshot = File.ReadAllBytes(SnapshotFile);
        await ActAsync("after");
        File.WriteAllBytes(SnapshotFile, snapshot);

        await using var store = SomeStore.Open(_folder.Data);

        Assert.Equal(2, (await store.SessionOfAsync(project, e))?.Version);
        Assert.Equal(
            ["before", "after"],
            (await store.StoryAsync(project, e))!.Actions.Select(action => action.Text));
        Assert.Empty(await store.DifferencesAsync());

        async Task ActAsync(string text)
        {
            await using var acting = SomeStore.Open(_folder.Data);
            Assert.Null((await acting.ActAsync(SomeStore.Note(project, e, text))).Refusal);
        }
    }

    private string SnapshotFile =>
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.Data, "snapshots")));

    private async Task<string> StoreAsync(IReadOnlyList<Event> events, string? project = null)
    {
        await using var store = SomeStore.Open(_folder.Data);
        project ??= await store.CreateProjectAsync();
        await store.AppendAsync(project, events);
        return project;
    }

    private static IEnumerable<byte[]> Damages(byte[] whole)
    {
        yield return [];
        yield return whole[..^1];
        for (var i = 0; i < 16; i++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[whole.Length * i / 16] ^= 4;
            yield return flipped;
        }
    }
}
