using Microsoft.Playwright;
using Sojourn.Browser.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Sojourn.Browser.Tests;

/// <summary>One real browser for all tests; each takes a context of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Path = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Starts it.</summary>
    /// <exception cref="PlaywrightException">Debian's chromium is not installed.</exception>
    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Headless = true,
            Args = Arguments,
        });
    }

    /// <summary>A visitor with cookies and storage of their own.</summary>
    public Task<IBrowserContext> NewVisitorAsync(BrowserNewContextOptions? options = null) =>
        _browser!.NewContextAsync(options); // Set before any test runs.

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
