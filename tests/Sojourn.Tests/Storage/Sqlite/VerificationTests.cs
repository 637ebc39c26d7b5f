using Sojourn.Events.Classification;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

[Trait("Invariant", "I12")]
public sealed class VerificationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_whole_store_has_no_differences_open_or_closed()
    {
        await using (var store = SomeStore.Open(_folder.Data))
        {
            var project = await store.CreateProjectAsync();
            var e = Some.Event();
            await store.AppendAsync(project, e, Some.Event(minute: 5), Some.Event(minute: 90));
            await store.ActAsync(SomeStore.Note(project, e, "called"));

            Assert.Empty(await store.DifferencesAsync());
        }

        Assert.Empty(await VerifyAsync());
    }

    [Fact]
    public async Task Every_damaged_block_is_named()
    {
        await StoreAsync("MARK-ONE", "whole", "MARK-THREE");
        _folder.Damage("sojourn.db", "MARK-ONE");
        _folder.Damage("sojourn.db", "MARK-THREE");

        Assert.Equal(
            [
                "Block 1 is damaged: its content is not what was stored.",
                "Block 3 is damaged: its content is not what was stored.",
            ],
            await VerifyAsync());
    }

    [Fact]
    public async Task A_block_taken_out_is_named()
    {
        await StoreAsync("one", "two", "three");
        Change("delete from blocks where sequence = 2");

        Assert.Equal(
            [
                "Blocks 2 to 2 are missing.",
                "Block 3 does not follow from the blocks before it.",
                "Block 3 is damaged: it begins at event 2 where 1 was expected.",
            ],
            await VerifyAsync());
    }

    [Fact]
    public async Task A_row_that_contradicts_its_content_is_named()
    {
        await StoreAsync("one");
        Change("update blocks set to_us = to_us + 1");

        Assert.Equal(
            ["Block 1 is damaged: its row says something else than its content."],
            await VerifyAsync());
    }

    [Fact]
    public async Task A_lost_end_is_named()
    {
        await StoreAsync("one", "two");
        Change("delete from blocks where sequence = 2");

        Assert.Equal(
            [
                "1 committed blocks are missing: the database ends at 1, but 2 blocks with "
                    + "2 events were committed.",
            ],
            await VerifyAsync());
    }

    [Fact]
    public async Task A_session_that_is_not_what_its_events_say_is_named()
    {
        // A rule that changes its mind stands for an error of ours in the incremental fold.
        string? rule = null;
        await using var store = EmbeddedStore.Open(
            _folder.Data,
            new StoreKinds([new PlainVisit()], _ => new EachAlone(_ => rule)),
            new FakeClock(Some.Start));
        var project = await store.CreateProjectAsync();
        var e = Some.Event();
        await store.AppendAsync(project, e);
        rule = "bot";

        Assert.Equal(
            [$"Project shop: visit {SomeStore.IdOf(e)} has SuppressedBy nothing instead of bot."],
            await store.DifferencesAsync());
    }

    [Fact]
    public async Task A_store_in_use_is_not_verified_from_outside()
    {
        await using var store = SomeStore.Open(_folder.Data);

        var refusal = await Assert.ThrowsAsync<StoreException>(VerifyAsync);

        Assert.Equal(StoreFault.InUse, refusal.Fault);
    }

    private Task<IReadOnlyList<string>> VerifyAsync() => EmbeddedStore.VerifyAsync(
        _folder.Data, SomeStore.Kinds, new FakeClock(Some.Start), default);

    private async Task StoreAsync(params string[] marks)
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        foreach (var mark in marks)
            await store.AppendAsync(project, Some.Event(properties: $$"""{"mark":"{{mark}}"}"""));
    }

    private void Change(string sql)
    {
        using var database = Database.Open(Path.Combine(_folder.Data, "sojourn.db"));
        database.Run(sql);
    }
}
