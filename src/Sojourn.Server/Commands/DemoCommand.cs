using System.CommandLine;
using System.Net;
using Sojourn.Events;
using Sojourn.Events.Rules;
using Sojourn.Ingest;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Commands.Demo;
using Sojourn.Server.Rules;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Server.Commands;

/// <summary><c>sojourn demo</c>: a server with the data of a shop that does not exist.</summary>
internal static class DemoCommand
{
    private const string AdminEmail = "demo@sojourn.example";
    private const string Timeout = """{"timeout":"15m"}""";

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
            LoopbackOf(parsed.GetRequiredValue(urls)),
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
            if (store.Projects.Any(one => one.Name == DemoShop.Name))
            {
                throw CommandFailure.Configuration(
                    $"{folder} holds a demo already. Use: sojourn serve --data {folder}, and "
                    + $"sojourn user reset {AdminEmail} --data {folder} to sign in.");
            }

            var link = await AdminAsync(store, cancel);
            var created = await FillAsync(store, clock, seed, cancel);
            await using var shop = new DemoShop();
            var serving = new Serving
            {
                Folder = folder,
                Addresses = addresses,
                StandingLink = link,
                Also = services => services.AddHostedService(inside => new LiveTraffic(
                    inside.GetRequiredService<IngestLine>(), clock, created.Project.Id, seed)),
                Started = async (app, _, stop) =>
                {
                    var address = ServeCommand.AddressesOf(app).First();
                    Print(address, await shop.OpenAsync(address, created, stop), link, created);
                },
            };
            return await ServeCommand.RunAsync(store, serving, cancel);
        }
        finally
        {
            if (data is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    // Whoever reads the terminal is let in without a password, so nobody else may come near.
    private static IReadOnlyList<ListenAddress> LoopbackOf(string urls)
    {
        var addresses = ServeCommand.AddressesOf(urls);
        return addresses.All(one => one.Address is null || IPAddress.IsLoopback(one.Address))
            ? addresses
            : throw CommandFailure.Configuration(
                $"A demo listens on this machine only, not at {urls}: its sign-in link needs no "
                + "password. Use http://127.0.0.1:PORT, or sojourn serve for a real server.");
    }

    private static async Task<StandingLink> AdminAsync(IStore store, CancellationToken cancel)
    {
        // Nobody knows this password; the link opens the door while the demo runs.
        using var passwords = new Passwords();
        var made = await new Staff(store, TimeProvider.System).AddFirstAsync(
            AdminEmail, passwords.Hash(SecretToken.New()), cancel);
        return made.Account is { } admin
            ? new StandingLink(SecretToken.New(), admin.Id)
            : throw CommandFailure.Configuration(
                "The folder holds a server's data already. Name another, or none.");
    }

    private static async Task<NewProject> FillAsync(
        EmbeddedStore store, DemoClock clock, int seed, CancellationToken cancel)
    {
        var created = await store.CreateProjectAsync(DemoShop.Name, DemoShop.Settings, cancel);
        var scoring = new ScoringSet { Rules = StarterRules.All, HalfLifeDays = 30 };
        await new RuleBook(store, clock).SaveAsync(
            created.Project, Program.Rules.Find(ScoringSet.Name)!, 0, RuleJson.Write(scoring),
            AdminEmail, cancel);
        await new DemoFilling(store, clock, created.Project.Id)
            .FillAsync(new DemoHistory(seed, clock.NowUs()), cancel);
        return created;
    }

    private static void Print(
        string address, string shop, StandingLink link, NewProject created)
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
              sign in     {address}/sign-in/link?token={link.Token}
              demo shop   {shop}: fill in its form, and find yourself in the lists
              project     {created.Project.Name} ({created.Project.Id})
              write key   {created.WriteKey}
              secret key  {created.SecretKey}

            Try:
              curl -s {string.Join("\n  curl -s ", examples)}

            All routes: {address}/openapi/v1.json. Stop with Ctrl+C.
            """);
    }
}
