using Sojourn.Ingest;

namespace Sojourn.Server.Api;

/// <summary>Runs the line as long as the server runs; stopped after the last request.</summary>
internal sealed class IngestService(IngestLine line) : BackgroundService
{
    // Commits block on the disk, so they get a thread of their own.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory
        .StartNew(
            () => line.RunAsync(stoppingToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)
        .Unwrap();
}
