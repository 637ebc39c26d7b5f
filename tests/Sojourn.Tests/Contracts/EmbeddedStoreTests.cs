using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Tests.Contracts;

/// <summary>A data folder keeps what every store promises.</summary>
public sealed class EmbeddedStoreTests : StoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sojourn-contract-");

    protected override Task<IStore> OpenAsync(TimeProvider clock, CancellationToken cancel) =>
        Task.FromResult<IStore>(EmbeddedStore.Open(
            _folder.FullName, new StoreKinds(Kinds, SuppressionOf), clock));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
