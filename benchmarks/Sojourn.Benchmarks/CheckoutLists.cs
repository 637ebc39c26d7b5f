using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sojourn.Events;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Benchmarks;

/// <summary>
/// How long the filtered list of checkouts takes over HTTP, with its exact total and all counts.
/// </summary>
public static class CheckoutLists
{
    private const int Runs = 200;
    private const int WarmUp = 30;
    private const int BatchForms = 2_000;

    private static readonly StoreKinds Kinds =
        new(Server.Program.Kinds, Server.Program.SuppressionOf);

    /// <summary>Fills a store with so many checkouts and asks for pages.</summary>
    public static async Task RunAsync(int checkouts)
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-benchmark-").FullName;
        try
        {
            await using var store = EmbeddedStore.Open(folder, Kinds, TimeProvider.System);
            var made = await store.CreateProjectAsync(
                "benchmark", ProjectSettings.Default with { Currency = "DZD" },
                CancellationToken.None);
            await new Staff(store, TimeProvider.System)
                .AddFirstAsync("benchmark@sojourn.example", "", CancellationToken.None);
            await FillAsync(store, made.Project.Id, checkouts);
            await using var app = Server.Program.CreateServer(new ServerSetup
            {
                Store = store,
                Clock = TimeProvider.System,
                Addresses = [new ListenAddress(IPAddress.Loopback, 0)],
            });
            await app.StartAsync();
            await AskAsync(app, made.SecretKey, checkouts);
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(EmbeddedStore store, string project, int checkouts)
    {
        // The last hundred days, so that nearly all are abandoned.
        var nowUs = Micros.From(TimeProvider.System.GetUtcNow());
        for (var first = 0; first < checkouts; first += BatchForms)
        {
            var count = Math.Min(BatchForms, checkouts - first);
            var events = Enumerable.Range(first, count)
                .SelectMany(form => FormEvents.Of(form, nowUs)).ToList();
            await store.AppendAsync([new EventBatch(project, events)], CancellationToken.None);
        }
    }

    private static async Task AskAsync(WebApplication app, string key, int checkouts)
    {
        var address = app.Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.First(); // Kestrel has one.
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var question in new[]
        {
            "", "&status=abandoned&reason=coupon_friction", "&status=abandoned&sort=-urgent_until",
            "&device=mobile&progress=25-49&progress=50-74", "&q=amina 77",
        })
        {
            await AskAsync(client, question, question.Length == 0 ? checkouts : null);
        }
    }

    private static async Task AskAsync(HttpClient client, string question, int? expected)
    {
        var times = new List<double>();
        var total = 0;
        for (var run = -WarmUp; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync("/v1/sessions?lens=checkouts" + question);
            var body = await answer.Content.ReadAsByteArrayAsync();
            if (run >= 0)
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"{question}: {answer.StatusCode}.");

            using var page = JsonDocument.Parse(body);
            total = page.RootElement.GetProperty("total").GetInt32();
        }

        if (total == 0 || (expected is { } all && total != all))
            throw new InvalidOperationException($"{question} found {total}.");

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"checkouts: {question,-46} median {times[Runs / 2],6:F2} ms, "
            + $"99 % within {times[Runs * 99 / 100],6:F2} ms, {total:N0} found"));
    }
}
