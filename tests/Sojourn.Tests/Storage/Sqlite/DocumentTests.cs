using System.Runtime.Versioning;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>Documents on a disk that is copied, damaged or full.</summary>
public sealed class DocumentTests : IDisposable
{
    private static readonly DocumentPlace Place = new(null, "views", "mine");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_holds_documents_and_keys()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        var key = await store.CreateKeyAsync(project, KeyKind.Write, Cancel);
        await store.PutDocumentAsync(Place, 0, """{"a":1}""", Cancel);

        await store.SaveToAsync(_folder.File("backup"));
        await EmbeddedStore.RestoreAsync(
            _folder.File("backup"), _folder.File("restored"), Cancel);

        await using var restored = SomeStore.Open(_folder.File("restored"));
        Assert.Equal(store.FindDocument(Place), restored.FindDocument(Place));
        Assert.NotNull(restored.FindKey(key!.Token));
    }

    [Fact]
    [Trait("Invariant", "I12")]
    public async Task A_damaged_document_is_named_and_never_served()
    {
        await using (var store = SomeStore.Open(_folder.Data))
            await store.PutDocumentAsync(Place, 0, """{"mark":"UNIQUE-MARK"}""", Cancel);
        _folder.Damage("sojourn.db", "UNIQUE-MARK");

        var refusal = Assert.Throws<StoreException>(() => SomeStore.Open(_folder.Data));
        var found = await EmbeddedStore.VerifyAsync(
            _folder.Data, SomeStore.Kinds, TimeProvider.System, Cancel);

        Assert.Equal(StoreFault.Damaged, refusal.Fault);
        Assert.Contains("server/views/mine", refusal.Message);
        Assert.Equal("Document server/views/mine is damaged.", Assert.Single(found));
    }

    [Fact]
    [Trait("Invariant", "I3")]
    public async Task What_could_not_be_stored_changes_nothing()
    {
        await using var store = SomeStore.Open(_folder.Data);
        var project = await store.CreateProjectAsync();
        var key = await store.CreateKeyAsync(project, KeyKind.Secret, Cancel);
        var before = await store.PutDocumentAsync(Place, 0, "1", Cancel);
        store.CommitFault = () => throw new IOException("staged");

        await Assert.ThrowsAsync<IOException>(
            () => store.PutDocumentAsync(Place, 1, "2", Cancel));
        await Assert.ThrowsAsync<IOException>(
            () => store.DeleteDocumentAsync(Place, 1, Cancel));
        await Assert.ThrowsAsync<IOException>(
            () => store.RevokeKeyAsync(project, key!.Key.Id, Cancel));
        await Assert.ThrowsAsync<IOException>(
            () => store.CreateKeyAsync(project, KeyKind.Secret, Cancel));

        store.CommitFault = null;
        Assert.Equal(before.Document, store.FindDocument(Place));
        Assert.NotNull(store.FindKey(key!.Token));
        Assert.Equal(3, store.KeysOf(project).Count);
        Assert.Null((await store.PutDocumentAsync(Place, 1, "2", Cancel)).Refusal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Only_its_owner_can_open_the_database()
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var database = Path.Combine(_folder.Data, "sojourn.db");
        await using (var store = SomeStore.Open(_folder.Data))
            await store.CreateProjectAsync();
        File.SetUnixFileMode(database, ownerOnly | UnixFileMode.OtherRead);

        await using var again = SomeStore.Open(_folder.Data);
        await again.CreateProjectAsync("other");

        Assert.Equal(ownerOnly, File.GetUnixFileMode(database));
        Assert.Equal(ownerOnly, File.GetUnixFileMode(database + "-wal"));
    }
}
