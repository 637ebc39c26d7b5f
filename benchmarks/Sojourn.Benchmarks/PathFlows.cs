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

    // Where the same sessions are to be written for another program to count.
    private const string CsvVariable = "SOJOURN_PATHS_CSV";

    /// <summary>Fills the columns and prints the medians.</summary>
    /// <param name="sessions">How many; 1,000,000 is what the promise is about.</param>
    public static void Run(int sessions)
    {
        var made = new MadePaths(sessions);
        using var columns = new SessionColumns([new VisitKind()]);
        foreach (var batch in made.All().Chunk(10_000))
            columns.Apply(batch, []);
        if (Environment.GetEnvironmentVariable(CsvVariable) is { Length: > 0 } path)
        {
            using var csv = File.CreateText(path);
            made.WriteCsv(csv);
        }

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
    }

    private static SessionQuery Ask => new() { Lens = VisitLenses.Leads };

    private static AsOf AsOf => new(1, MadePaths.EndUs);

    private static SessionGroups Group(SessionColumns columns) => columns.Group(
        new GroupQuery(Ask, [VisitKind.Path, VisitKind.Goal]), AsOf);

    private static FlowGraph Draw(SessionGroups groups, int shown) => FlowDrawing.Of(
        [.. groups.Groups.Select(one => new PathCount(one.Keys[0], one.Word(1), one.Count))],
        shown, []);

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
