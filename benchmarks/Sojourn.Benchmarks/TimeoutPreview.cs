using System.Diagnostics;
using System.Globalization;
using Sojourn.Events.Classification;
using Sojourn.Kinds.Visits;
using Sojourn.Sessions;
using Sojourn.Sessions.Live;

namespace Sojourn.Benchmarks;

/// <summary>
/// How fast events become sessions as they come, and how long the answer to "what would another
/// timeout do?" takes once they are there.
/// </summary>
public static class TimeoutPreview
{
    private const int BatchEvents = 2_500;
    private static readonly TimeSpan Other = TimeSpan.FromMinutes(15);

    /// <summary>Measures the preview five times and prints the median.</summary>
    public static void Run(int count)
    {
        var events = new SyntheticEvents(count);
        var live = new LiveSessions(
            [new VisitKind()],
            ProjectSettings.Default,
            SuppressionRules.Default,
            events);
        var adding = TimeSpan.Zero;
        for (var first = 0; first < count; first += BatchEvents)
        {
            var batch = events.Read(first, BatchEvents);
            var started = Stopwatch.GetTimestamp();
            live.Add(first, batch);
            adding += Stopwatch.GetElapsedTime(started);
        }

        var (before, after) = live.CountUnder(Other) ?? default;
        Check(events, before, after);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sessionizing as events come: {count / adding.TotalSeconds:N0} events/s, "
            + $"{before:N0} sessions of {count:N0} events"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"preview of another timeout: {MedianMs(live):F1} ms, "
            + $"{before:N0} → {after:N0} visits"));
    }

    private static double MedianMs(LiveSessions live)
    {
        var times = new double[5];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            live.CountUnder(Other);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return times.Order().ElementAt(times.Length / 2);
    }

    private static void Check(SyntheticEvents events, long before, long after)
    {
        var expected = (
            events.CountVisits(ProjectSettings.Default.Timeout), events.CountVisits(Other));
        if (expected != (before, after))
        {
            throw new InvalidOperationException(
                $"{(before, after)} visits, but counted plainly {expected}.");
        }
    }
}
