using System.Diagnostics;
using System.Globalization;
using Sojourn.Kinds.Visits;
using Sojourn.Queries;
using Sojourn.Server.Paths;
using Sojourn.Storage.Columns;

namespace Sojourn.Benchmarks;

/// <summary>
/// How long the picture of flows takes: sessions counted by path and conversion, and the nodes
/// and links drawn from that.
/// </summary>
public static class PathFlows
{
    private const int Runs = 21;
    private const int Rounds = 5;

    /// <summary>Fills the columns and prints the medians.</summary>
    /// <param name="sessions">How many; 1,000,000 is what the promise is about.</param>
    public static void Run(int sessions)
    {
        var made = new MadePaths(sessions);
        using var columns = new SessionColumns([new VisitKind()]);
        foreach (var batch in made.All().Chunk(10_000))
            columns.Apply(batch, []);

        Check(made, sessions, columns);
        Print("sessions by path and conversion", () => Group(columns).Groups.Count);
        Print("the same, drawn in four columns", () => Draw(Group(columns), 4).Links.Count);
        Print("the same, drawn in seven columns", () => Draw(Group(columns), 7).Links.Count);
        Print("entries with medians", () => columns.Group(
            new GroupQuery(Ask, [CommonFields.Entry])
            {
                Medians = [CommonFields.Duration, CommonFields.Events],
            },
            AsOf).Groups.Count);
        Compare(made, sessions, columns);
    }

    private static SessionQuery Ask => new() { Lens = VisitLenses.Leads };

    private static AsOf AsOf => new(1, MadePaths.EndUs);

    private static SessionGroups Group(SessionColumns columns) => columns.Group(
        new GroupQuery(Ask, [VisitKind.Path, VisitKind.Goal]), AsOf);

    private static FlowGraph Draw(SessionGroups groups, int shown) => FlowDrawing.Of(
        [.. groups.Groups.Select(one => new PathCount(one.Keys[0], one.Word(1), one.Count))],
        shown, []);

    // All nodes and links of six steps and the outcome, here and in DuckDB, in turns.
    private static void Compare(MadePaths made, int sessions, SessionColumns columns)
    {
        var csv = Path.GetTempFileName();
        try
        {
            using (var to = File.CreateText(csv))
                made.WriteCsv(to);
            using var peer = DuckDb.Start($"create table visit as from read_csv('{csv}')");
            var expected = Group(columns).Groups.Sum(one => one.Count * one.Keys[0].Count);
            var (own, theirs) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                Draw(Group(columns), 7);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (peer?.Ask(SameQuestion) is not var (ms, answer))
                    continue;

                theirs.Add(ms);
                if (answer != expected.ToString(CultureInfo.InvariantCulture))
                    throw new InvalidDataException($"{expected} here, {answer} there.");
            }

            Figure.Tell("paths", $"Sankey of {sessions:N0} sessions", own, theirs);
        }
        finally
        {
            File.Delete(csv);
        }
    }

    private static string SameQuestion => "select sum(n)::bigint from ("
        + string.Join(" union all ", Enumerable.Range(1, Visit.PathMax).Select(step =>
        {
            var next = step == Visit.PathMax ? "null" : $"step_{step + 1}";
            return $"select {step} as place, step_{step} as here, "
                + $"coalesce({next}, goal, 'Left') as there, {next} is null as ends, "
                + $"count(*) as n from visit where step_{step} is not null group by all";
        }))
        + ")";

    private static void Check(MadePaths made, int sessions, SessionColumns columns)
    {
        var groups = Group(columns);
        var expected = made.All().Count(session =>
            MadePaths.PathOf(session) is (["Pricing", ..], "Trial signup"));
        var counted = groups.Groups
            .Where(one => one.Keys[0] is ["Pricing", ..] && one.Word(1) == "Trial signup")
            .Sum(one => one.Count);
        var isWhole = groups.Groups.Count < GroupQuery.GroupsMax;
        if (groups.Total != sessions || (isWhole ? counted != expected : counted > expected))
            throw new InvalidDataException($"Counted {counted} sessions instead of {expected}.");
    }

    private static void Print(string what, Func<int> run)
    {
        var found = run();
        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-36}{times[Runs / 2],9:F1} ms  least {times[0]:F1} ms  {found:N0} found"));
    }
}
