using Sojourn.Queries;
using Sojourn.Server;
using Sojourn.Server.Commands;
using Sojourn.Server.Commands.Demo;
using Sojourn.Sessions;
using Sojourn.Storage.Sqlite;
using Xunit;

namespace Sojourn.Tests.Server.Demo;

/// <summary>A filled demo shows everything there is to see.</summary>
public sealed class DemoFillingTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sojourn-test-").FullName;
    private EmbeddedStore? _store;
    private string _project = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var clock = new DemoClock(new FakeClock(Some.Start));
        _store = EmbeddedStore.Open(_folder, StorePlace.Kinds, clock);
        _project = (await _store.CreateProjectAsync(
            "Maison Atlas", ProjectSettings.Default, Cancel)).Project.Id;
        await new DemoFilling(_store, clock, _project)
            .FillAsync(new DemoHistory(1, Some.Us(0)), Cancel);
    }

    [Fact]
    public async Task Every_list_has_sessions_of_every_status()
    {
        foreach (var lens in Program.Lenses.All)
        {
            var page = await _store!.QueryAsync(
                _project, new SessionQuery { Lens = lens }, Cancel);

            Assert.Equal(
                lens.Statuses.Order(),
                page.Facets.Single(facet => facet.Field == CommonFields.Status)
                    .Counts.Where(one => one.Value > 0).Select(one => one.Key).Order());
        }
    }

    [Fact]
    public async Task What_staff_did_is_dated_when_they_did_it()
    {
        var checkout = await _store!.ExportAsync(
            _project,
            new SessionQuery { Lens = Kinds.Checkouts.CheckoutLens.Checkouts },
            Cancel).FirstAsync(one => one.Version > 0, Cancel);

        var timeline = await _store.TimelineAsync(_project, checkout.Id, null, 100, Cancel);

        Assert.All(timeline!.Actions, action =>
            Assert.InRange(action.AcceptedUs, checkout.StartedUs, Some.Us(0)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
