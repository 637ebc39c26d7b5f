using Sojourn.Storage;
using Sojourn.Storage.Postgres;
using Sojourn.Tests.Contracts;
using Xunit;

namespace Sojourn.Tests.Storage.Postgres;

/// <summary>PostgreSQL keeps what every store promises.</summary>
public sealed class PostgresStoreTests(PostgresDatabase database)
    : StoreContract, IClassFixture<PostgresDatabase>
{
    protected override async Task<IStore> OpenAsync(
        TimeProvider clock, CancellationToken cancel) =>
        await PostgresStore.OpenAsync(
            await database.GetAsync(cancel), Kinds, SuppressionOf, clock, cancel);
}
