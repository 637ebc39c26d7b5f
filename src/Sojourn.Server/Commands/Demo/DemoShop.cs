using Microsoft.AspNetCore.Connections;
using Sojourn.Sessions;
using Sojourn.Shop;
using Sojourn.Storage;

namespace Sojourn.Server.Commands.Demo;

/// <summary>The shop beside the demo's server, on the next free port of this machine.</summary>
internal sealed class DemoShop : IAsyncDisposable
{
    /// <summary>The shop's name, and its project's.</summary>
    public const string Name = "Maison Atlas";

    private const int PortsTried = 20;

    private ShopServer? _shop;

    /// <summary>What its project decided about its sessions.</summary>
    public static ProjectSettings Settings { get; } = ProjectSettings.Default with
    {
        Currency = Catalogue.Currency,
        TimeZone = "Africa/Algiers",
    };

    /// <summary>Opens it; gives its address.</summary>
    /// <param name="sojourn">The server's address.</param>
    /// <param name="created">The project it tells, with its keys.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="CommandFailure">None of the next ports is free.</exception>
    public async Task<string> OpenAsync(
        string sojourn, NewProject created, CancellationToken cancel)
    {
        var address = new Uri(sojourn);
        for (var port = address.Port + 1; port <= address.Port + PortsTried; port++)
        {
            try
            {
                _shop = await ShopServer.StartAsync(
                    new ShopSettings
                    {
                        Sojourn = address,
                        WriteKey = created.WriteKey,
                        SecretKey = created.SecretKey,
                        Port = port,
                    },
                    cancel);
                return _shop.Address;
            }
            catch (IOException e) when (e.InnerException is AddressInUseException)
            {
                // Somebody else's; the next may be free.
            }
        }

        throw new CommandFailure(ExitCodes.InUse,
            $"No port after {address.Port} is free for the demo shop. Choose another with --urls.");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _shop?.DisposeAsync() ?? default;
}
