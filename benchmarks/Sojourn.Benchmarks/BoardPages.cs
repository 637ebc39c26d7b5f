using Sojourn.Events;
using Sojourn.Kinds.Checkouts;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Benchmarks;

/// <summary>
/// How long the recovery board takes from request to last byte, over HTTP and signed in: opened,
/// with more cards shown, and filtered.
/// </summary>
public static class BoardPages
{
    private const int BatchEvents = 1_000;

    private static readonly StoreKinds Kinds =
        new(Server.Program.Kinds, Server.Program.SuppressionOf);

    private static readonly string[] Moves = ["contacted", "negotiating", "recovered"];

    /// <summary>Puts so many cards on a board and asks for it.</summary>
    public static async Task RunAsync(int cards)
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-benchmark-").FullName;
        try
        {
            await using var store = EmbeddedStore.Open(folder, Kinds, TimeProvider.System);
            var project = (await store.CreateProjectAsync(
                "benchmark", ProjectSettings.Default, CancellationToken.None)).Project.Id;
            foreach (var batch in Enumerable.Range(0, cards).Select(Left).Chunk(BatchEvents))
                await store.AppendAsync([new EventBatch(project, batch)], CancellationToken.None);
            await MoveAsync(store, project);
            await Screens.MeasureAsync(store, project,
            [
                "checkouts/pipeline", "checkouts/pipeline?abandoned=60",
                "checkouts/pipeline?abandoned=600", "checkouts/pipeline?priority=high&q=amel",
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Three of five were worked on: their cards fill the other columns.
    private static async Task MoveAsync(EmbeddedStore store, string project)
    {
        var number = 0;
        var all = new List<SessionId>();
        var query = new SessionQuery { Lens = CheckoutLens.Checkouts };
        await foreach (var one in store.ExportAsync(project, query, CancellationToken.None))
            all.Add(one.Id);
        foreach (var id in all)
        {
            var steps = (number++ % 5) switch
            {
                0 => Moves[..1],
                1 => Moves[..2],
                2 => Moves,
                3 => ["lost"],
                _ => [],
            };
            foreach (var to in steps)
            {
                var answer = await store.ActAsync(
                    new ActionRequest(project, id, null, ActionTypes.Status, to, null, "amel"),
                    CancellationToken.None);
                if (answer.Refusal is { } refusal)
                    throw new InvalidOperationException($"A move to {to} was refused: {refusal}.");
            }
        }
    }

    private static Event Left(int number)
    {
        var at = TimeProvider.System.NowUs()
            - Micros.From(TimeSpan.FromMinutes(20 + number % 4_000));
        return new Event
        {
            Id = $"left-{number}",
            Name = "checkout_updated",
            AnonymousId = $"d{number}",
            TimeUs = at,
            OccurredUs = at,
            ReceivedUs = at,
            Trust = Trust.Verified,
            Context = EventContext.None,
            Properties = Properties.FromJson($$"""
                {"checkout_id":"k{{number}}","total":"{{1 + number % 900}}.50","currency":"USD",
                "product":{"name":"Lamp {{number % 40}}","quantity":1},
                "customer":{"name":"Amel {{number}}","phone":"+213 551 {{100_000 + number}}"} }
                """),
        };
    }
}
