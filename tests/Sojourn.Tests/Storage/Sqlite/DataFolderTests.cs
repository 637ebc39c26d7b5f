using System.Buffers.Binary;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_store_on_one_folder_is_refused_and_told_who_holds_it()
    {
        await using var store = SomeStore.Open(_folder.Data);

        var refusal = Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));

        Assert.Equal(StoreFault.InUse, refusal.Fault);
        Assert.Equal(Environment.ProcessId, refusal.HolderPid);
        Assert.Contains($"Process {Environment.ProcessId} ", refusal.Message);
    }

    [Fact]
    public async Task A_refused_store_leaves_the_holder_working()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));

        var outcomes = await store.AppendAsync(project, Some.Event());

        Assert.Equal([AppendOutcome.Stored], outcomes);
    }

    [Fact]
    public async Task Data_of_a_newer_program_is_refused_and_not_touched()
    {
        await using (var store = SomeStore.Open(_folder.Data))
            await store.CreateProjectAsync();
        var database = Path.Combine(_folder.Data, "sojourn.db");
        SetVersion(database, 99);
        var before = File.ReadAllBytes(database);

        var refusal = Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));

        Assert.Equal(StoreFault.TooNew, refusal.Fault);
        Assert.Contains("version 99", refusal.Message);
        Assert.Contains($"up to {Schema.Version}", refusal.Message);
        Assert.Equal(before, File.ReadAllBytes(database));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_not_touched()
    {
        Directory.CreateDirectory(_folder.Data);
        var database = Path.Combine(_folder.Data, "sojourn.db");
        File.WriteAllText(database, new string('x', 5_000));

        var refusal = Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));

        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Equal(new string('x', 5_000), File.ReadAllText(database));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        var file = _folder.File("file");
        File.WriteAllText(file, "");

        var refusal = Assert.Throws<StoreException>(
            () => SomeStore.Open(Path.Combine(file, "data")));

        Assert.Equal(StoreFault.Unusable, refusal.Fault);
        Assert.Contains(file, refusal.Message);
    }

    // Offset 60 is the version. Source: sqlite.org/fileformat2.html.
    private static void SetVersion(string database, int version)
    {
        var bytes = File.ReadAllBytes(database);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(60), version);
        File.WriteAllBytes(database, bytes);
    }
}
