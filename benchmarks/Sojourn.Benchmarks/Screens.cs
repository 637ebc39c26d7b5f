using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Benchmarks;

/// <summary>
/// How long a page of a list takes from request to last byte, over HTTP and signed in, with all
/// counts around it.
/// </summary>
public static class Screens
{
    private const int Runs = 200;
    private const int WarmUp = 30;
    private const int BatchEvents = 10_000;

    // Of the synthetic events, by their own statistics.
    private const double EventsPerSession = 20_000_000 / 5_138_245.0;

    private static readonly StoreKinds Kinds =
        new(Server.Program.Kinds, Server.Program.SuppressionOf);

    /// <summary>Fills a store with about so many visits and asks for pages.</summary>
    public static async Task RunAsync(int sessions)
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-benchmark-").FullName;
        try
        {
            await using var store = EmbeddedStore.Open(folder, Kinds, TimeProvider.System);
            var project = await FillAsync(store, (int)(sessions * EventsPerSession));
            await MeasureAsync(store, project,
            [
                "leads", "leads?q=person-1&sort=-points", "leads?status=ended&duration_min=5m",
                "users?sort=-duration&offset=10000", "checkouts",
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Serves a store and tells how long pages of a project take.</summary>
    internal static async Task MeasureAsync(
        EmbeddedStore store, string project, IReadOnlyList<string> paths)
    {
        var admin = await new Staff(store, TimeProvider.System)
            .AddFirstAsync("benchmark@sojourn.example", "", CancellationToken.None);
        var link = new StandingLink(SecretToken.New(), admin.Account!.Id); // It is the first.
        await using var app = Server.Program.CreateServer(new ServerSetup
        {
            Store = store,
            Clock = TimeProvider.System,
            Addresses = [new ListenAddress(IPAddress.Loopback, 0)],
            StandingLink = link,
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.First(); // Kestrel has one.
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        (await client.GetAsync($"/sign-in/link?token={link.Token}")).EnsureSuccessStatusCode();
        foreach (var path in paths)
            await AskAsync(client, $"/p/{project}/{path}");
        await app.StopAsync();
    }

    private static async Task<string> FillAsync(EmbeddedStore store, int count)
    {
        var events = new SyntheticEvents(count);
        var project = (await store.CreateProjectAsync(
            "benchmark", ProjectSettings.Default, CancellationToken.None)).Project.Id;
        for (var first = 0; first < events.Count; first += BatchEvents)
        {
            var batch = new EventBatch(project, [.. events.Read(first, BatchEvents)]);
            await store.AppendAsync([batch], CancellationToken.None);
        }

        return project;
    }

    private static async Task AskAsync(HttpClient client, string path)
    {
        var times = new List<double>();
        var bytes = 0;
        for (var run = -WarmUp; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
            if (run >= 0)
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"screen: {path[(path.LastIndexOf('/') + 1)..],-40} median {times[Runs / 2],6:F2} ms, "
            + $"99 % within {times[Runs * 99 / 100],6:F2} ms, {bytes / 1024} KB"));
    }
}
