using Sojourn.Storage;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

[Trait("Invariant", "I12")]
public sealed class WitnessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_database_that_lost_its_end_is_refused_with_the_number_missing()
    {
        var project = await StoreAsync(3);
        Copy("sojourn.db", "older.db");
        await AddAsync(project, 2);
        Copy("older.db", "sojourn.db");

        var refusal = Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));

        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Contains("2 committed blocks are missing", refusal.Message);
        Assert.Contains("5 events", refusal.Message);
        Assert.Contains("delete " + InData("witness"), refusal.Message);
    }

    [Fact]
    public async Task Without_its_witness_a_shorter_database_is_taken_as_it_is()
    {
        var project = await StoreAsync(3);
        Copy("sojourn.db", "older.db");
        await AddAsync(project, 2);
        Copy("older.db", "sojourn.db");
        File.Delete(InData("witness"));

        await using var store = SomeStore.Open(_folder.Data);

        Assert.Equal(3, (await store.IdsAsync(project)).Count);
    }

    [Fact]
    public async Task Another_database_of_the_same_length_is_refused()
    {
        await StoreAsync(2);
        Copy("witness", "first-witness");
        File.Delete(InData("witness"));
        File.Delete(InData("sojourn.db"));
        await StoreAsync(2);
        Copy("first-witness", "witness");

        var refusal = Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));

        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Contains("differs from what the witness saw", refusal.Message);
    }

    [Fact]
    public async Task A_half_written_witness_does_not_hide_the_whole_one_before_it()
    {
        var project = await StoreAsync(3);
        Copy("sojourn.db", "older.db");
        await AddAsync(project, 2);
        TearNewestPlace();
        Copy("older.db", "sojourn.db");

        var refusal = Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));

        Assert.Contains("1 committed blocks are missing", refusal.Message);
    }

    private async Task<string> StoreAsync(int blocks)
    {
        string project;
        await using (var store = SomeStore.Open(_folder.Data))
            project = await store.CreateProjectAsync();
        await AddAsync(project, blocks);
        return project;
    }

    private async Task AddAsync(string project, int blocks)
    {
        await using var store = SomeStore.Open(_folder.Data);
        for (var i = 0; i < blocks; i++)
            await store.AppendAsync(project, Some.Event());
    }

    // Writes alternate between two places from each start; two writes end in the second.
    private void TearNewestPlace()
    {
        var bytes = File.ReadAllBytes(InData("witness"));
        bytes[4096 + 20] ^= 1;
        File.WriteAllBytes(InData("witness"), bytes);
    }

    private void Copy(string from, string to) =>
        File.Copy(InData(from), InData(to), overwrite: true);

    private string InData(string name) => Path.Combine(_folder.Data, name);
}
