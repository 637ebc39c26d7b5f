using Microsoft.Data.Sqlite;
using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

public sealed class DiskFaultTests : IDisposable
{
    private const int IoError = 10;
    private const int FsyncError = 1034;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_and_works_again_with_room_without_a_restart()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        var events = Enumerable.Range(0, 2_000).Select(_ => Some.Event()).ToList();
        var kept = Some.Event();
        await store.AppendAsync(project, kept);

        // A real SQLITE_FULL: the file may not grow any more.
        store.Database.Run("pragma max_page_count = 1");
        var refusal = await Assert.ThrowsAsync<StoreException>(
            () => store.AppendAsync(project, events));
        Assert.Equal(StoreFault.Full, refusal.Fault);
        Assert.Empty(store.Troubles);
        Assert.Equal([kept.Id], await store.IdsAsync(project));

        store.Database.Run("pragma max_page_count = 1000000");
        var outcomes = await store.AppendAsync(project, events);

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Stored, outcome));
        Assert.Equal([kept.Id, .. events.Select(e => e.Id)], await store.IdsAsync(project));
    }

    [Fact]
    public async Task What_was_refused_by_a_full_disk_is_not_there_after_a_restart()
    {
        string project;
        var (kept, refused) = (Some.Event(), Some.Event());
        await using (var store = SomeStore.Open(_folder.Data))
        {
            project = await store.CreateProjectAsync();
            await store.AppendAsync(project, kept);
            store.CommitFault = () => throw new SqliteException("full", 13);
            await Assert.ThrowsAsync<StoreException>(() => store.AppendAsync(project, refused));
        }

        await using var again = SomeStore.Open(_folder.Data);

        Assert.Equal([kept.Id], await again.IdsAsync(project));
        Assert.Null(await again.SessionOfAsync(project, refused));
    }

    [Fact]
    [Trait("Invariant", "I9")]
    public async Task After_a_failed_sync_nothing_is_taken_any_more()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        store.CommitFault = () => throw new SqliteException("I/O error", IoError, FsyncError);
        var first = await Assert.ThrowsAsync<StoreException>(
            () => store.AppendAsync(project, Some.Event()));

        store.CommitFault = null;
        var later = await Assert.ThrowsAsync<StoreException>(
            () => store.AppendAsync(project, Some.Event()));

        Assert.Equal(StoreFault.Failed, first.Fault);
        Assert.Equal(StoreFault.Failed, later.Fault);
        Assert.Equal(first.Message, Assert.Single(store.Troubles));
    }

    [Fact]
    public async Task After_a_failed_sync_a_restart_works_and_holds_all_that_was_answered()
    {
        string project;
        var (before, unsure) = (Some.Event(), Some.Event());
        await using (var store = SomeStore.Open(_folder.Data))
        {
            project = await store.CreateProjectAsync();
            await store.AppendAsync(project, before);
            store.CommitFault = () => throw new SqliteException("I/O", IoError, FsyncError);
            await Assert.ThrowsAsync<StoreException>(() => store.AppendAsync(project, unsure));
        }

        await using var again = SomeStore.Open(_folder.Data);
        await again.AppendAsync(project, [before, unsure]);

        Assert.Equal([before.Id, unsure.Id], await again.IdsAsync(project));
    }

    [Fact]
    public async Task A_damaged_block_is_named_and_never_served()
    {
        await using (var store = SomeStore.Open(_folder.Data))
        {
            var project = await store.CreateProjectAsync();
            await store.AppendAsync(project, Some.Event(properties: """{"mark":"UNIQUE-MARK"}"""));
        }

        _folder.Damage("sojourn.db", "UNIQUE-MARK");
        Directory.Delete(Path.Combine(_folder.Data, "snapshots"), recursive: true);

        var refusal = Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));
        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Contains("Block 1", refusal.Message);
    }
}
