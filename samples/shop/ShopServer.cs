using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Sojourn.Shop;

/// <summary>The shop: pages for people, events for Sojourn. Listens on this machine only.</summary>
public sealed class ShopServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly EventQueue _events;

    private ShopServer(WebApplication app, EventQueue events) => (_app, _events) = (app, events);

    /// <summary>Where it listens.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.First(); // Kestrel always has it.

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ShopServer> StartAsync(ShopSettings settings, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ShopServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            kestrel.Listen(IPAddress.Loopback, settings.Port);
        });
        var events = new EventQueue(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(events);
        builder.Services.AddSingleton<Coupons>();
        builder.Services.AddSingleton<Carts>();
        builder.Services.AddSingleton<Orders>();
        var app = builder.Build();
        app.Use(HeadersAsync);
        app.MapShop();
        var shop = new ShopServer(app, events);
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }

        return shop;
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _events.DisposeAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A file the shop carries with it.</summary>
    internal static Stream Resource(string name) =>
        typeof(ShopServer).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The shop was built without {name}.");

    // The snippet needs its host twice, and nothing else from anywhere.
    private static Task HeadersAsync(HttpContext context, RequestDelegate next)
    {
        var sojourn = context.RequestServices.GetRequiredService<ShopSettings>().Sojourn
            .GetLeftPart(UriPartial.Authority);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' {sojourn}; connect-src {sojourn}; "
            + "style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers.CacheControl = "no-store";
        return next(context);
    }
}

/// <summary>Orders made since the shop opened.</summary>
internal sealed class Orders
{
    private const int OrdersMax = 1_000;

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, PlacedOrder>
        _orders = new(StringComparer.Ordinal);

    /// <summary>Makes one.</summary>
    public PlacedOrder Place(decimal total)
    {
        if (_orders.Count >= OrdersMax)
            _orders.Clear();
        var id = "MA-" + RandomNumberGenerator.GetHexString(8);
        return _orders[id] = new PlacedOrder(id, total);
    }

    /// <summary>One by its number, or null.</summary>
    public PlacedOrder? Find(string id) => _orders.GetValueOrDefault(id);
}
