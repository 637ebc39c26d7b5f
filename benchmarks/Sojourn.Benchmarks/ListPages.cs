using System.Diagnostics;
using System.Globalization;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage.Columns;

namespace Sojourn.Benchmarks;

/// <summary>
/// How long a list page with exact total and all facets takes over very many sessions, what a
/// session costs in memory, and how fast a snapshot is written and read.
/// </summary>
public static class ListPages
{
    private const int Runs = 200;
    private const long SecondUs = 1_000_000;
    private const long DayUs = 86_400 * SecondUs;

    /// <summary>Fills the columns and prints a table.</summary>
    /// <param name="sessions">How many; 5,000,000 is what the promise is about.</param>
    public static void Run(int sessions)
    {
        var made = new MadeSessions(sessions);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var columns = new SessionColumns([MadeSessions.Kind]);

        var filling = TimeSpan.Zero;
        foreach (var batch in made.All().Chunk(10_000))
            filling += Timed(() => columns.Apply(batch, []));

        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Line("sessions", sessions, "");
        Line("bytes per session, measured", (double)memory / sessions, "B");
        Line("bytes per session, accounted", (double)columns.Bytes / sessions, "B");
        Line("filling, per second", sessions / filling.TotalSeconds, "");

        PrintQueries(columns);
        PrintWrites(columns, made);
        PrintSnapshot(columns);
        columns.Dispose();
    }

    // Processor time is that of all threads together: the figure to compare on a busy machine.
    private static void PrintQueries(SessionColumns columns)
    {
        Console.WriteLine(
            $"{"",-32}{"least",10}{"median",10}{"p99",10}{"processor",13}{"total",12}");
        foreach (var (name, query) in Questions())
        {
            var asOf = new AsOf(1, MadeSessions.EndUs);
            var times = new List<double>();
            var total = 0L;
            var processor = TimeSpan.Zero;
            for (var i = 0; i < Runs + 20; i++)
            {
                if (i == 20)
                    processor = Environment.CpuUsage.TotalTime;
                var time = Timed(() => total = columns.Query(query, asOf).Total);
                if (i >= 20)
                    times.Add(time.TotalMilliseconds);
            }

            processor = (Environment.CpuUsage.TotalTime - processor) / Runs;
            times.Sort();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-32}{times[0],7:F3} ms{times[Runs / 2],7:F3} ms"
                + $"{times[Runs * 99 / 100],7:F3} ms"
                + $"{processor.TotalMilliseconds,10:F3} ms{total,12}"));
        }
    }

    private static void PrintWrites(SessionColumns columns, MadeSessions made)
    {
        var some = made.All().Take(100_000).ToArray();
        var one = Timed(() =>
        {
            foreach (var session in some)
                columns.Apply([session with { Events = session.Events + 1 }], []);
        });
        Line("one changed session", one.TotalMicroseconds / some.Length, "µs");

        var asOf = new AsOf(1, MadeSessions.EndUs);
        var exported = 0;
        var export = Timed(() => exported = columns.Export(Ask(), asOf).Take(1_000_000).Count());
        Line("export, sessions per second", exported / export.TotalSeconds, "");
    }

    private static void PrintSnapshot(SessionColumns columns)
    {
        var path = Path.GetTempFileName();
        try
        {
            var save = Timed(() =>
            {
                using var file = File.Create(path);
                columns.Save(file);
            });
            Line("snapshot, written", save.TotalSeconds, "s");
            Line("snapshot, size", new FileInfo(path).Length / 1e6, "MB");

            var load = Timed(() =>
            {
                using var file = File.OpenRead(path);
                using var loaded = SessionColumns.Load(file, [MadeSessions.Kind])
                    ?? throw new InvalidDataException("The snapshot does not load.");
            });
            Line("snapshot, read", load.TotalSeconds, "s");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<(string Name, SessionQuery Query)> Questions()
    {
        yield return ("no filter", Ask());
        yield return ("status, device", Ask(
            Any(CommonFields.Status, "status1"), Any(CommonFields.Device, "device1")));
        yield return ("country, reason, 7 days", Ask(
            Any(CommonFields.Country, "C3", "C7", "C12"),
            Any(MadeSessions.Reason, "reason2"),
            Days(80, 87)));
        yield return ("risk, progress, events", Ask(
            new Between(MadeSessions.Risk, 80, null),
            new Between(MadeSessions.Progress, null, 49),
            new Between(CommonFields.Events, 5, null)));
        yield return ("duration, entry, 30 days", Ask(
            new Between(CommonFields.Duration, 60 * SecondUs, 600 * SecondUs),
            Any(CommonFields.Entry, "page12"),
            Days(40, 70)));
        yield return ("seven filters", Ask(
            Any(CommonFields.Device, "device0"),
            Any(CommonFields.Country, "C0", "C1", "C2", "C5"),
            new Between(MadeSessions.Risk, 20, 60),
            new Between(MadeSessions.Progress, 10, 90),
            new Between(CommonFields.Events, 2, 12),
            new Between(CommonFields.Duration, 30 * SecondUs, 1200 * SecondUs),
            Any(CommonFields.Exit, "page5")));
        yield return ("one broad filter (60 %)", Ask(Any(CommonFields.Device, "device0")));
        yield return ("30 days", Ask(Days(40, 70)));
        yield return ("one person", Ask(Any(CommonFields.Person, "u1234")));
        yield return ("contains one of 200 names", Ask(Any(CommonFields.Contains, "page77")));
        yield return ("text, rare", Ask() with { Text = "farid korvan" });
        yield return ("text, 1 in 18", Ask() with { Text = "LINDEN" });
        yield return ("text, every row", Ask() with { Text = "u" });
        yield return ("sorted by risk", Ask() with { Sort = MadeSessions.Risk });
        yield return ("sorted by last event", Ask() with { Sort = CommonFields.LastEvent });
        yield return ("page at row 100,000", Ask() with { Offset = 100_000 });
        yield return ("suppressed too", Ask() with { Suppressed = SuppressedView.All });
    }

    private static SessionQuery Ask(params Filter[] filters) =>
        new() { Lens = MadeSessions.Lens, Filters = filters };

    private static AnyOf Any(Field field, params string[] values) => new(field, values);

    private static Between Days(int from, int to) => new(
        CommonFields.Started,
        MadeSessions.StartUs + from * DayUs,
        MadeSessions.StartUs + to * DayUs - 1);

    private static TimeSpan Timed(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static void Line(string what, double figure, string unit) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-32}{figure,14:N2} {unit}"));
}
