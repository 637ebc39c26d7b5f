using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sojourn.Server.Api;
using Sojourn.Storage;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn serve</c>: the server, until it is told to stop.</summary>
internal static class ServeCommand
{
    public const string UrlDefault = "http://127.0.0.1:5080";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create()
    {
        var urls = UrlsOption();
        var command = new Command("serve", "Runs the server.") { urls };
        var place = StorePlace.AddOptions(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var at = StorePlace.Of(parsed, place);
            var addresses = AddressesOf(parsed.GetRequiredValue(urls));
            await using var store = await at.OpenAsync(cancel);
            return await RunAsync(store, at.Folder, addresses, PrintAddresses, cancel: cancel);
        });
        return command;
    }

    public static Option<string> UrlsOption() => new("--urls")
    {
        Description = "Where to listen; several are separated by a semicolon.",
        DefaultValueFactory = _ => UrlDefault,
    };

    /// <summary>The places to listen at.</summary>
    /// <exception cref="CommandFailure">One is not understood.</exception>
    public static IReadOnlyList<ListenAddress> AddressesOf(string urls) =>
    [
        .. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => ListenAddress.TryParse(url, out var address)
                ? address
                : throw CommandFailure.Usage(
                    $"Cannot listen at {url}. Write http://ADDRESS:PORT with an IP address or "
                    + "localhost, and put a proxy in front for https.")),
    ];

    /// <summary>Serves a store until told to stop; gives the exit code.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">Its folder, for commands to come through; null with PostgreSQL.</param>
    /// <param name="addresses">Where to listen.</param>
    /// <param name="started">Told where it listens, once it does.</param>
    /// <param name="also">Adds what else runs inside the server.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<int> RunAsync(
        IStore store,
        string? folder,
        IReadOnlyList<ListenAddress> addresses,
        Func<IReadOnlyCollection<string>, Task> started,
        Action<IServiceCollection>? also = null,
        CancellationToken cancel = default)
    {
        var socket = folder is null ? null : ControlClient.SocketIn(folder);
        // Left by a process that was killed: we hold the folder, so nobody listens there.
        if (socket is not null)
            File.Delete(socket);
        await using var app = Program.CreateServer(new ServerSetup
        {
            Store = store,
            Clock = TimeProvider.System,
            Addresses = addresses,
            ControlSocket = socket,
            Backup = Backups.Of(store),
            Also = also,
        });
        await StartAsync(app, addresses, cancel);
        if (socket is not null && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(socket, OwnerOnly);

        await started(AddressesOf(app));
        await app.WaitForShutdownAsync(cancel);
        return app.Services.GetRequiredService<Ending>().ExitCode;
    }

    private static async Task StartAsync(
        WebApplication app, IReadOnlyList<ListenAddress> addresses, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            var ports = string.Join(", ", addresses.Select(one => one.Port));
            throw new CommandFailure(ExitCodes.InUse,
                $"Another program listens at port {ports}. Stop it, or choose another with "
                + "--urls.");
        }
        catch (Exception e) when (e is SocketException || e.InnerException is SocketException)
        {
            throw CommandFailure.Configuration(
                $"Cannot listen: {e.Message} Choose another address with --urls.");
        }
    }

    private static IReadOnlyCollection<string> AddressesOf(WebApplication app) =>
    [
        .. app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses // Kestrel always has it.
            .Where(address => !address.StartsWith("http://unix:", StringComparison.Ordinal)),
    ];

    private static Task PrintAddresses(IReadOnlyCollection<string> addresses)
    {
        foreach (var address in addresses)
            Console.Out.WriteLine($"Listening at {address}");
        return Task.CompletedTask;
    }
}
