using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Storage;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn serve</c>: the server, until it is told to stop.</summary>
internal static class ServeCommand
{
    public const string UrlDefault = "http://127.0.0.1:5080";

    private const string SetUpFile = "setup-token";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create()
    {
        var urls = UrlsOption();
        var publicUrl = PublicUrlOption();
        var proxies = new Option<string[]>("--proxy")
        {
            Description = "A proxy in front, by address or network: it is believed about who "
                + "sends a request. May be repeated.",
        };
        var command = new Command("serve", "Runs the server.") { urls, publicUrl, proxies };
        var mail = MailOptions.AddTo(command);
        var place = StorePlace.AddOptions(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var at = StorePlace.Of(parsed, place);
            var serving = new Serving
            {
                Folder = at.Folder,
                Addresses = AddressesOf(parsed.GetRequiredValue(urls)),
                PublicUrl = PublicUrlOf(parsed.GetValue(publicUrl)),
                Proxies = ProxiesOf(parsed.GetValue(proxies) ?? []),
                Mail = MailOptions.Of(parsed, mail, PublicUrlOf(parsed.GetValue(publicUrl))),
                Started = TellAsync,
            };
            await using var store = await at.OpenAsync(cancel);
            await UnattendedSetUp.RunAsync(store, cancel);
            return await RunAsync(store, serving, cancel);
        });
        return command;
    }

    public static Option<string> UrlsOption() => new("--urls")
    {
        Description = "Where to listen; several are separated by a semicolon.",
        DefaultValueFactory = _ => UrlDefault,
    };

    public static Option<string?> PublicUrlOption() => new("--public-url")
    {
        Description = "The address people open in their browsers, e.g. https://sojourn.example; "
            + "without it, pages answer on this machine only.",
    };

    /// <summary>The address people open; null when none is named.</summary>
    /// <exception cref="CommandFailure">It is not understood.</exception>
    public static Uri? PublicUrlOf(string? text) =>
        text is null ? null
        : PublicAddress.TryRead(text, out var url) ? url
        : throw CommandFailure.Usage(
            $"--public-url {text} is no address. Write e.g. https://sojourn.example, without "
            + "a path.");

    private static IReadOnlyList<IPNetwork> ProxiesOf(string[] texts) =>
    [
        .. texts.Select(text => Proxies.TryRead(text, out var network)
            ? network
            : throw CommandFailure.Usage(
                $"--proxy {text} is neither an address nor a network. Write e.g. 127.0.0.1 or "
                + "10.0.0.0/8.")),
    ];

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
    public static async Task<int> RunAsync(
        IStore store, Serving serving, CancellationToken cancel)
    {
        var socket = serving.Folder is null ? null : ControlClient.SocketIn(serving.Folder);
        // Left by a process that was killed: we hold the folder, so nobody listens there.
        if (socket is not null)
            File.Delete(socket);
        await using var app = Program.CreateServer(new ServerSetup
        {
            Store = store,
            Clock = TimeProvider.System,
            Addresses = serving.Addresses,
            ControlSocket = socket,
            Backup = Backups.Of(store),
            PublicUrl = serving.PublicUrl,
            Proxies = serving.Proxies,
            StandingLink = serving.StandingLink,
            Mail = serving.Mail,
            Also = serving.Also,
        });
        await StartAsync(app, serving.Addresses, cancel);
        if (socket is not null && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(socket, OwnerOnly);

        await serving.Started(app, serving, cancel);
        await app.WaitForShutdownAsync(cancel);
        return app.Services.GetRequiredService<Ending>().ExitCode;
    }

    /// <summary>Where a running server listens.</summary>
    public static IReadOnlyCollection<string> AddressesOf(WebApplication app) =>
    [
        .. app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses // Kestrel always has it.
            .Where(address => !address.StartsWith("http://unix:", StringComparison.Ordinal)),
    ];

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

    // The link is only told here: whoever can read this, or the folder, runs the server.
    private static async Task TellAsync(
        WebApplication app, Serving serving, CancellationToken cancel)
    {
        var addresses = AddressesOf(app);
        var first = app.Services.GetRequiredService<FirstRun>();
        var address = app.Services.GetRequiredService<PublicAddress>();
        var link = address.LinkTo(first.Link, addresses.First());
        if (serving.Folder is not null)
            await first.TellAsync(Path.Combine(serving.Folder, SetUpFile), link, cancel);

        foreach (var one in addresses)
            Console.Out.WriteLine($"Listening at {one}");
        if (first.IsOver)
            return;

        Console.Out.WriteLine($"Set it up within an hour: {link}");
        if (!address.Answers(link))
        {
            Console.Out.WriteLine(
                "Pages do not answer to this address yet: start with --public-url and the address "
                + "people will open.");
        }
    }
}
