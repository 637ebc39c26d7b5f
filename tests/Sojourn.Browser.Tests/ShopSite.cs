using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Xunit;

namespace Sojourn.Browser.Tests;

/// <summary>Somebody else's site, at its own origin, with the pages a test gives it.</summary>
internal sealed class ShopSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _pages = new();
    private readonly ConcurrentQueue<string> _events = new();
    private int _refusals;

    private ShopSite(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    /// <summary>The policy its pages are served with, or null for none.</summary>
    public string? ContentSecurityPolicy { get; set; }

    /// <summary>What <c>/v1/events</c> here answers: a Sojourn that is not well.</summary>
    public int BrokenStatus { get; set; } = 503;

    /// <summary>Bodies that were sent to <c>/v1/events</c> here.</summary>
    public IReadOnlyCollection<string> Bodies => _events;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ShopSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var site = new ShopSite(app);
        app.MapPost("/v1/events", site.TakeAsync);
        app.MapFallback(site.ServeAsync);
        await app.StartAsync(Cancel);
        site.Address = app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.First(); // Kestrel always has it.
        return site;
    }

    /// <summary>Puts a page, or a script, at a path; gives the whole address.</summary>
    public string Put(string path, string content)
    {
        _pages[path] = content;
        return Address + path;
    }

    /// <summary>Answers the next requests to <c>/v1/events</c> with a refusal.</summary>
    public void Refuse(int times) => _refusals = times;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private Task ServeAsync(HttpContext context)
    {
        if (!_pages.TryGetValue(context.Request.Path, out var content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var isScript = context.Request.Path.Value!.EndsWith(".js", StringComparison.Ordinal);
        context.Response.ContentType =
            isScript ? "text/javascript" : "text/html; charset=utf-8";
        if (ContentSecurityPolicy is not null)
            context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return context.Response.WriteAsync(content, Cancel);
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        _events.Enqueue(await reader.ReadToEndAsync(Cancel));
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (Interlocked.Decrement(ref _refusals) >= 0)
            context.Response.StatusCode = BrokenStatus;
    }
}
