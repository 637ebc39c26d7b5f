using Sojourn.Ingest;
using Sojourn.Server.Commands.Demo;
using Xunit;

namespace Sojourn.Tests.Server.Demo;

/// <summary>The demo stays alive as long as its server runs.</summary>
public sealed class LiveTrafficTests
{
    [Fact]
    public async Task It_comes_through_the_ingest_line_and_stops_when_told()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await TestServer.StartAsync();
        using var traffic = new LiveTraffic(
            server.Services.GetRequiredService<IngestLine>(), TimeProvider.System,
            server.Project.Id, seed: 1);
        var changes = server.Store.ChangesAsync(server.Project.Id, cancel)
            .GetAsyncEnumerator(cancel);
        var change = changes.MoveNextAsync();

        await traffic.StartAsync(cancel);
        Assert.True(await change);
        await changes.DisposeAsync();
        await traffic.StopAsync(cancel);

        Assert.True(traffic.ExecuteTask!.IsCompletedSuccessfully);
    }
}
