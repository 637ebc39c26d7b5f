using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string BackupFile => _folder.File("backup");

    private string Restored => _folder.File("restored");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_made_while_events_arrive_holds_all_that_was_answered_before_it()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var created = await store.CreateAsync();
        var project = created.Project.Id;
        var before = Enumerable.Range(0, 3_000).Select(i => Some.Event(minute: i)).ToList();
        await store.AppendAsync(project, before);

        var backup = store.SaveToAsync(BackupFile);
        while (!backup.IsCompleted)
            await store.AppendAsync(project, Some.Event());
        await backup;

        await RestoreAsync(Restored);
        await using var restored = SomeStore.Open(Restored);
        var kept = await restored.AllAsync(project);
        Assert.Equal(before, kept.Take(before.Count));
        Assert.Equal((await store.AllAsync(project)).Take(kept.Count), kept);
        Assert.Empty(await restored.DifferencesAsync());
        Assert.Equal([AppendOutcome.Duplicate], await restored.AppendAsync(project, before[7]));
        Assert.Equal(created.Project, restored.FindKey(created.SecretKey)?.Project);
    }

    [Fact]
    public async Task A_backup_never_replaces_a_file()
    {
        await using var store = SomeStore.Open(_folder.Data);
        File.WriteAllText(BackupFile, "precious");

        await Assert.ThrowsAsync<StoreException>(() => store.SaveToAsync(BackupFile));

        Assert.Equal("precious", File.ReadAllText(BackupFile));
    }

    [Fact]
    public async Task A_backup_of_damaged_data_is_refused_and_leaves_no_file()
    {
        await using (var store = SomeStore.Open(_folder.Data))
        {
            var project = await store.CreateProjectAsync();
            await store.AppendAsync(project, Some.Event(properties: """{"mark":"UNIQUE-MARK"}"""));
        }

        _folder.Damage("sojourn.db", "UNIQUE-MARK");
        await using var damaged = SomeStore.Open(_folder.Data);

        var refusal = await Assert.ThrowsAsync<StoreException>(
            () => damaged.SaveToAsync(BackupFile));

        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task A_backup_into_no_folder_is_refused_in_plain_words()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var target = Path.Combine(_folder.File("missing"), "backup");

        var refusal = await Assert.ThrowsAsync<StoreException>(
            () => store.SaveToAsync(target));

        Assert.Equal(StoreFault.Unusable, refusal.Fault);
        Assert.Contains(target, refusal.Message);
    }

    [Fact]
    public async Task Restoring_over_data_is_refused_and_changes_nothing()
    {
        await using (var store = SomeStore.Open(_folder.Data))
        {
            await store.CreateProjectAsync();
            await store.SaveToAsync(BackupFile);
        }

        var before = File.ReadAllBytes(Path.Combine(_folder.Data, "sojourn.db"));

        await Assert.ThrowsAsync<StoreException>(() => RestoreAsync(_folder.Data));

        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_folder.Data, "sojourn.db")));
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_restores_nothing()
    {
        await using (var store = SomeStore.Open(_folder.Data))
        {
            var project = await store.CreateProjectAsync();
            await store.AppendAsync(project, Some.Event(properties: """{"mark":"UNIQUE-MARK"}"""));
            await store.SaveToAsync(BackupFile);
        }

        _folder.Damage(BackupFile, "UNIQUE-MARK");

        var refusal = await Assert.ThrowsAsync<StoreException>(() => RestoreAsync(Restored));

        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Empty(Directory.GetFiles(Restored, "sojourn.db*"));
    }

    private Task RestoreAsync(string folder) =>
        EmbeddedStore.RestoreAsync(BackupFile, folder, default);
}
