using Sojourn.Tests.Server.Accounts;
using Xunit;

namespace Sojourn.Tests.Server.Pages;

/// <summary>Open pages are told what has news.</summary>
public sealed class LivePagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Pages_are_told_of_refusals_and_of_changed_sessions()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = new Visitor(server);
        await visitor.SignInAsync();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        await using var stream = await visitor.Http.GetStreamAsync(
            $"/p/{server.Project.Id}/live", late.Token);
        using var lines = new StreamReader(stream);
        await lines.ReadLineAsync(late.Token);

        await server.PostAsync(server.Browser, "/v1/events", "[{}]");
        Assert.Equal("""data: ["refusals"]""", await NewsAsync(lines, late.Token));

        await server.TellAsync(Some.Event());
        Assert.Equal("""data: ["visit"]""", await NewsAsync(lines, late.Token));
    }

    private static async Task<string?> NewsAsync(StreamReader lines, CancellationToken cancel)
    {
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return line;
        }

        return null;
    }
}
