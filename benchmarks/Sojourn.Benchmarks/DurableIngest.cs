using System.Diagnostics;
using System.Globalization;

namespace Sojourn.Benchmarks;

/// <summary>
/// Events a second that are answered as durable, over real HTTP, by a served process with all
/// it does: dedupe, hashes, sessionizing. The load is made on the same machine.
/// </summary>
public static class DurableIngest
{
    private static readonly (int Connections, int Batch)[] Mixes =
        [(8, 1), (8, 50), (64, 1), (64, 50)];

    /// <summary>Measures each mix after one second of warming up.</summary>
    /// <param name="seconds">How long each mix runs.</param>
    public static async Task RunAsync(int seconds)
    {
        await using var server = await ServedProcess.StartAsync();
        var sender = 0;
        foreach (var (connections, batch) in Mixes)
        {
            await MeasureAsync(server, connections, batch, sender, Math.Min(1, seconds));
            sender += connections;
            var (perSecond, latencies) =
                await MeasureAsync(server, connections, batch, sender, seconds);
            sender += connections;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"ingest: {connections,2} connections × {batch,2} events: "
                + $"{perSecond,9:N0} events/s, median {Quantile(latencies, 0.5):F1} ms, "
                + $"99 % within {Quantile(latencies, 0.99):F1} ms"));
        }

        Console.WriteLine($"ingest: {server.MemoryBytes >> 20} MiB of memory at the end");
    }

    private static async Task<(double PerSecond, double[] LatenciesMs)> MeasureAsync(
        ServedProcess server, int connections, int batch, int firstSender, int seconds)
    {
        var senders = Enumerable.Range(firstSender, connections)
            .Select(sender => new LoadConnection(sender, batch, server))
            .ToArray();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(senders.Select(
            sender => Task.Run(() => sender.RunAsync(TimeProvider.System, stop.Token))));
        var length = Stopwatch.GetElapsedTime(started);
        double[] latencies = [.. senders.SelectMany(sender => sender.LatenciesMs).Order()];
        return (senders.Sum(sender => sender.Accepted) / length.TotalSeconds, latencies);
    }

    private static double Quantile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)];
}
