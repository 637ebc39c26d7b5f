using System.CommandLine;
using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Server.Api;
using Sojourn.Server.Commands.Demo;
using Sojourn.Sessions;
using Sojourn.Shop;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn demo</c>: a server with the data of a shop that does not exist.</summary>
internal static class DemoCommand
{
    private const string ProjectName = "Maison Atlas";
    private const string Timeout = """{"timeout":"15m"}""";

    private static readonly ProjectSettings Settings = ProjectSettings.Default with
    {
        Currency = Catalogue.Currency,
        TimeZone = "Africa/Algiers",
    };

    public static Command Create()
    {
        var urls = ServeCommand.UrlsOption();
        var data = new Option<string>("--data")
        {
            Description = "A folder for its data; else a temporary one, deleted at the end.",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Another seed gives another shop.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("demo", "Starts a server with made-up data to look at.")
        {
            urls, data, seed,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(data),
            ServeCommand.AddressesOf(parsed.GetRequiredValue(urls)),
            parsed.GetValue(seed),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        string? data, IReadOnlyList<ListenAddress> addresses, int seed, CancellationToken cancel)
    {
        var folder = data is null
            ? Directory.CreateTempSubdirectory("sojourn-demo-").FullName
            : Path.GetFullPath(data);
        try
        {
            var clock = new DemoClock(TimeProvider.System);
            await using var store = EmbeddedStore.Open(folder, StorePlace.Kinds, clock);
            if (store.Projects.Any(one => one.Name == ProjectName))
            {
                throw CommandFailure.Configuration(
                    $"{folder} holds a demo already. Use: sojourn serve --data {folder}");
            }

            var created = await store.CreateProjectAsync(ProjectName, Settings, cancel);
            var project = created.Project.Id;
            await new DemoFilling(store, clock, project)
                .FillAsync(new DemoHistory(seed, clock.NowUs()), cancel);
            return await ServeCommand.RunAsync(
                store,
                folder,
                addresses,
                at => Print(at.First(), created),
                services => services.AddHostedService(inside => new LiveTraffic(
                    inside.GetRequiredService<IngestLine>(), clock, project, seed)),
                cancel);
        }
        finally
        {
            if (data is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static Task Print(string address, NewProject created)
    {
        var secret = $"-H 'Authorization: Bearer {created.SecretKey}'";
        var write = $"-H 'Authorization: Bearer {created.WriteKey}'";
        var json = "-H 'Content-Type: application/json'";
        var visit = """[{"id":"1","name":"page_view","anonymous_id":"me"}]""";
        string[] examples =
        [
            $"{secret} '{address}/v1/sessions?lens=users&limit=3'",
            $"{secret} '{address}/v1/sessions?lens=leads&points_min=40&sort=-points&limit=3'",
            $"{secret} '{address}/v1/sessions?lens=checkouts&status=abandoned&sort=-value&limit=3'",
            $"{secret} '{address}/v1/sessions?lens=reservations&status=active&limit=3'",
            $"{secret} '{address}/v1/sessions?suppressed=only&limit=1'",
            $"{secret} '{address}/v1/sessions/export?format=csv&lens=leads'",
            $"{secret} {json} -d '{Timeout}' '{address}/v1/resessionize/preview'",
            $"{write} {json} -d '{visit}' '{address}/v1/events'",
            $"{secret} -N '{address}/v1/sessions/stream?lens=leads'",
        ];
        Console.Out.WriteLine($"""
            Sojourn demo: {address}
              project     {created.Project.Name} ({created.Project.Id})
              write key   {created.WriteKey}
              secret key  {created.SecretKey}

            Try:
              curl -s {string.Join("\n  curl -s ", examples)}

            All routes: {address}/openapi/v1.json. Stop with Ctrl+C.
            """);
        return Task.CompletedTask;
    }
}
