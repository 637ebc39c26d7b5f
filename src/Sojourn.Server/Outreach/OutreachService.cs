using Sojourn.Storage;

namespace Sojourn.Server.Outreach;

/// <summary>Plans and sends as long as the server runs.</summary>
internal sealed partial class OutreachService(
    OutreachWatch watch,
    OutreachPlanner planner,
    OutreachSender sender,
    TimeProvider clock,
    ILogger<OutreachService> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    /// <summary>One round: what changed, what is due, what is to be sent.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await watch.RefreshAsync(cancel);
        await planner.RunAsync(cancel);

        // Whatever is more waits for the next round, after what was planned meanwhile.
        await sender.RunAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Other services start meanwhile.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Every;
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is StoreException or InvalidOperationException)
            {
                RoundFailed(log, e.Message);
                pause = AfterFailure;
            }

            await Task.Delay(pause, clock, stoppingToken)
                .ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    [LoggerMessage(LogLevel.Error,
        "Messages could not be planned or sent; this is tried again: {Why}")]
    private static partial void RoundFailed(ILogger log, string why);
}
