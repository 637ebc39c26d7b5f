using System.Diagnostics;
using System.Globalization;

namespace Sojourn.Benchmarks;

/// <summary>The command <c>sojourn sessionize</c> on a CSV file, from start to end.</summary>
public static class FileSessionize
{
    /// <summary>Makes the file, sessionizes it, and checks the number of sessions.</summary>
    public static async Task RunAsync(int count)
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-benchmark-").FullName;
        try
        {
            var (input, output) = (Path.Combine(folder, "in.csv"), Path.Combine(folder, "out.csv"));
            var expected = Prepare(count, input);
            var started = Stopwatch.GetTimestamp();
            await ServedProcess.CommandAsync(
                "sessionize", input, "--format", "csv", "--out", output);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var sessions = File.ReadLines(output).LongCount() - 1;
            if (sessions != expected)
            {
                throw new InvalidOperationException(
                    $"{sessions} sessions, but counted plainly {expected}.");
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"sessionize: {count / seconds:N0} events/s from file to file, "
                + $"{sessions:N0} sessions of {count:N0} events in {seconds:F1} s"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The events are let go before the measurement, since they would take memory from it.
    private static long Prepare(int count, string file)
    {
        var events = new SyntheticEvents(count);
        events.WriteCsv(file);
        return events.CountVisits(TimeSpan.FromMinutes(30));
    }
}
