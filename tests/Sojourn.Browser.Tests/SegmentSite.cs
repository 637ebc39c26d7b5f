using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>
/// Somebody's site, at an origin of its own, whose one page loads Segment's client for browsers
/// from npm. Started once for the tests that visit it.
/// </summary>
public sealed class SegmentSite : IAsyncLifetime
{
    private const string Page =
        "<!doctype html><title>Shoes</title><h1>Shoes</h1><script src=/page.js></script>";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app = Create();

    /// <summary>Where it is, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Bundles the page's script and serves both.</summary>
    public async ValueTask InitializeAsync()
    {
        var script = await BundleAsync();
        _app.MapGet("/", () => Results.Content(Page, "text/html"));
        _app.MapGet("/page.js", () => Results.Content(script, "text/javascript"));
        await _app.StartAsync(Cancel);
        Address = _app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single(); // Kestrel has it.
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static WebApplication Create()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private static async Task<string> BundleAsync()
    {
        var root = RootOf(AppContext.BaseDirectory);
        var clients = Path.Combine(root, "tests", "clients", "segment");
        Assert.True(
            Directory.Exists(Path.Combine(clients, "node_modules")),
            "Segment's clients are missing. Run ./test, or npm ci in tests/clients/segment.");
        using var bundling = Process.Start(new ProcessStartInfo(
            Path.Combine(root, "node_modules", ".bin", "esbuild"),
            ["browser.js", "--bundle", "--format=iife", "--log-level=warning"])
        {
            WorkingDirectory = clients,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        late.CancelAfter(Patience);
        var errors = bundling!.StandardError.ReadToEndAsync(late.Token);
        var script = await bundling.StandardOutput.ReadToEndAsync(late.Token);
        await bundling.WaitForExitAsync(late.Token);
        Assert.True(bundling.ExitCode == 0, await errors);
        return script;
    }

    private static string RootOf(string folder) =>
        File.Exists(Path.Combine(folder, "Sojourn.slnx"))
            ? folder
            : RootOf(Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests run inside the checkout."));
}
