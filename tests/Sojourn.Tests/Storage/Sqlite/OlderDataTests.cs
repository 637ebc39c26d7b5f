using System.IO.Compression;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;
using Sojourn.Tests.Tidy;
using Xunit;

namespace Sojourn.Tests.Storage.Sqlite;

/// <summary>Data that an older program wrote, read by this one.</summary>
[Trait("Fault", "F26")]
public sealed class OlderDataTests : IDisposable
{
    // What version-1.backup.gz holds, as the program that wrote it printed.
    private const string WriteKey = "sj_w_afMIvWduVehgui-wMOPldfvqQMc";
    private const string SecretKey = "sj_s_LbfBgSmtAn6awWXDf4JeG14_2Aw";

    private readonly TemporaryFolder _folder = new();

    public OlderDataTests()
    {
        using var packed = File.OpenRead(Repository.At(
            "tests", "Sojourn.Tests", "Storage", "Sqlite", "version-1.backup.gz"));
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var file = File.Create(BackupFile);
        unpacked.CopyTo(file);
    }

    private string BackupFile => _folder.File("backup");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_of_version_1_opens_with_its_events_and_keys()
    {
        Directory.CreateDirectory(_folder.Data);
        File.Copy(BackupFile, Path.Combine(_folder.Data, "sojourn.db"));

        for (var starts = 0; starts < 2; starts++)
        {
            await using var store = SomeStore.Open(_folder.Data);
            var project = Assert.Single(store.Projects);
            Assert.Equal("Africa/Algiers", project.Settings.TimeZone);
            Assert.Equal(["e1", "e2"], await store.IdsAsync(project.Id));
            Assert.Equal(new ProjectKey(project, KeyKind.Write), store.FindKey(WriteKey));
            Assert.Equal(new ProjectKey(project, KeyKind.Secret), store.FindKey(SecretKey));
            Assert.All(store.KeysOf(project.Id), key => Assert.Null(key.Shown));
            Assert.Empty(await store.DifferencesAsync());
        }
    }

    [Fact]
    public async Task A_backup_of_version_1_restores_into_what_keeps_documents_too()
    {
        await EmbeddedStore.RestoreAsync(BackupFile, _folder.Data, Cancel);

        await using var store = SomeStore.Open(_folder.Data);
        var place = new DocumentPlace(store.Projects[0].Id, "views", "a");
        var put = await store.PutDocumentAsync(place, 0, "{}", Cancel);

        Assert.Null(put.Refusal);
        Assert.Equal(put.Document, store.FindDocument(place));
    }
}
