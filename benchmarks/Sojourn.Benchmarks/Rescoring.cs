using System.Diagnostics;
using System.Globalization;
using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Benchmarks;

/// <summary>
/// Saving another scoring rule: how long until every visit of history has its new points, and
/// the same question in DuckDB, taken in turns.
/// </summary>
public static class Rescoring
{
    private const int BatchEvents = 2_500;
    private const int Rounds = 5;

    private static readonly StoreKinds Kinds =
        new(Server.Program.Kinds, Server.Program.SuppressionOf);

    // Points of every visit; pricing counts once for each lead, mails each time.
    private const string SameQuestion = """
        with told as (
            select lead, epoch_ms,
                case when epoch_ms - lag(epoch_ms) over (partition by lead order by epoch_ms)
                    < 1800000 then 0 else 1 end as begins,
                name = 'email_click' as mail,
                name = 'page_view' and path like '/pricing%' as priced
            from event),
        numbered as (
            select *, sum(begins) over (partition by lead order by epoch_ms) as visit,
                row_number() over (partition by lead, priced order by epoch_ms) as nth
            from told)
        select count(*) as visits, sum(points)::bigint as points from (
            select lead, visit,
                sum(case when mail then 5 when priced and nth = 1 then POINTS else 0 end) as points
            from numbered group by lead, visit)
        """;

    /// <summary>Fills a store with so many events and saves rules over it.</summary>
    public static async Task RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-benchmark-").FullName;
        try
        {
            var events = new LeadEvents(new SyntheticEvents(count));
            var csv = Path.Combine(folder, "events.csv");
            events.WriteCsv(csv);
            await using var store = EmbeddedStore.Open(
                Path.Combine(folder, "data"), Kinds, TimeProvider.System);
            var project = (await store.CreateProjectAsync(
                "benchmark", ProjectSettings.Default, CancellationToken.None)).Project.Id;
            for (var first = 0; first < count; first += BatchEvents)
            {
                await store.AppendAsync(
                    [new EventBatch(project, events.Read(first, BatchEvents))],
                    CancellationToken.None);
            }

            await CompareAsync(store, project, csv, count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(
        EmbeddedStore store, string project, string csv, int count)
    {
        using var peer = DuckDb.Start($"create table event as from read_csv('{csv}')");
        var (own, theirs) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await store.PutDocumentAsync(
                RuleSets.PlaceOf(project, ScoringSet.Name), round - 1, RulesGiving(round),
                CancellationToken.None);
            own.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);

            var (visits, points) = await TotalAsync(store, project);
            if (peer is null)
                continue;

            var sql = SameQuestion.Replace(
                "POINTS", round.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            var (ms, answer) = peer.Ask(sql);
            theirs.Add(ms);
            if (answer != $"{visits} {points}")
                throw new InvalidOperationException($"{visits} {points} here, {answer} there.");
        }

        Figure.Tell("rescore", $"{count:N0} events under another rule", own, theirs);
    }

    private static async Task<(long Visits, long Points)> TotalAsync(
        EmbeddedStore store, string project)
    {
        var everything = new SessionQuery
        {
            Lens = VisitLenses.Leads,
            Suppressed = SuppressedView.All,
        };
        var place = VisitLenses.Leads.Kind.Fields.ToList().IndexOf(VisitKind.Points);
        var (visits, points) = (0L, 0L);
        await foreach (var one in store.ExportAsync(project, everything, CancellationToken.None))
            (visits, points) = (visits + 1, points + (long)one.Values[place]!);
        return (visits, points);
    }

    private static string RulesGiving(int points) => RuleJson.Write(new ScoringSet
    {
        Rules =
        [
            new()
            {
                Id = "mail", Name = "mail", Points = 5,
                When = new EventCondition { Events = ["email_click"] },
            },
            new()
            {
                Id = "pricing", Name = "pricing", Points = points,
                Dedupe = Repetition.OncePerLead,
                When = new EventCondition
                {
                    Events = ["page_view"],
                    Where = [new("path", Comparison.StartsWith, "/pricing")],
                },
            },
        ],
    });
}
