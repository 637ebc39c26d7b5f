using Microsoft.Playwright;
using Xunit;

namespace Sojourn.Browser.Tests.Screen;

/// <summary>
/// A signed-in page. At its end it must not have heard an error of a script or a refusal of the
/// content policy.
/// </summary>
internal sealed class StaffPage : IAsyncDisposable
{
    private readonly IBrowserContext _visitor;
    private readonly List<string> _complaints = [];

    private StaffPage(IBrowserContext visitor, IPage page, LiveServer server)
    {
        (_visitor, Page, Server) = (visitor, page, server);
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, line) =>
        {
            if (line.Type == "error")
                _complaints.Add(line.Text);
        };
    }

    public IPage Page { get; }

    public LiveServer Server { get; }

    public static async Task<StaffPage> OpenAsync(
        Chromium chromium, LiveServer server, BrowserNewContextOptions? options = null)
    {
        var visitor = await chromium.NewVisitorAsync(options);
        visitor.SetDefaultTimeout(10_000);
        return new StaffPage(visitor, await server.StaffAsync(visitor), server);
    }

    /// <summary>Goes to a page of the project, e.g. <c>leads?q=a</c>.</summary>
    public async Task<IPage> GoAsync(string path)
    {
        await Page.GotoAsync($"{Server.Address}/p/{Server.Project.Id}/{path}");
        return Page;
    }

    public Task ChooseAsync(string name, string value) => _visitor.AddCookiesAsync(
        [new Cookie { Name = name, Value = value, Url = Server.Address }]);

    /// <summary>Expects complaints that are part of the story.</summary>
    public void Forgive(string part) =>
        _complaints.RemoveAll(one => one.Contains(part, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _visitor.DisposeAsync();
        Assert.Empty(_complaints);
    }
}
