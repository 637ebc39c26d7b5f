using System.Diagnostics;
using System.Globalization;
using Sojourn.Sessions;
using Sojourn.Storage;
using Sojourn.Storage.Sqlite;

namespace Sojourn.Benchmarks;

/// <summary>
/// How long a data folder takes until it answers: with what the last stop left behind for a fast
/// start, and from the events alone.
/// </summary>
public static class StoreStart
{
    private const int BatchEvents = 2_500;
    private const int GroupBatches = 4;

    // Of the synthetic events, by their own statistics.
    private const double EventsPerSession = 20_000_000 / 5_138_245.0;

    private static readonly StoreKinds Kinds =
        new(Server.Program.Kinds, Server.Program.SuppressionOf);

    /// <summary>Fills a folder with about so many sessions, then opens it twice.</summary>
    public static async Task RunAsync(int sessions)
    {
        var folder = Directory.CreateTempSubdirectory("sojourn-benchmark-").FullName;
        try
        {
            var events = (int)(sessions * EventsPerSession);
            await FillAsync(folder, new SyntheticEvents(events));
            await OpenAsync(folder, "as it was left");
            var snapshots = Path.Combine(folder, "snapshots");
            if (Directory.Exists(snapshots))
                Directory.Delete(snapshots, recursive: true);
            await OpenAsync(folder, "from events alone");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(string folder, SyntheticEvents events)
    {
        await using var store = EmbeddedStore.Open(folder, Kinds, TimeProvider.System);
        var project = (await store.CreateProjectAsync(
            "benchmark", ProjectSettings.Default, CancellationToken.None)).Project.Id;
        var started = Stopwatch.GetTimestamp();
        for (var first = 0; first < events.Count; first += GroupBatches * BatchEvents)
        {
            EventBatch[] group =
            [
                .. events.Read(first, GroupBatches * BatchEvents)
                    .Chunk(BatchEvents)
                    .Select(batch => new EventBatch(project, batch)),
            ];
            await store.AppendAsync(group, CancellationToken.None);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start: filled with {events.Count:N0} events, {events.Count / seconds:N0} a second"));
    }

    private static async Task OpenAsync(string folder, string how)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        await using var store = EmbeddedStore.Open(folder, Kinds, TimeProvider.System);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var project = store.Projects.Single().Id;
        var preview = await store.PreviewTimeoutAsync(
            project, ProjectSettings.Default.Timeout, CancellationToken.None);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"start: {preview.SessionsBefore:N0} sessions {how} in {seconds:F1} s, "
            + $"{(double)bytes / preview.SessionsBefore:F0} bytes of memory each, maps included"));
    }
}
