using Sojourn.Events;
using Sojourn.Ingest;

namespace Sojourn.Server.Commands.Demo;

/// <summary>Keeps the demo alive: sends what goes on in its shop through the ingest line.</summary>
/// <param name="line">Takes the events, like any sender's.</param>
/// <param name="clock">Our clock.</param>
/// <param name="project">The project's id.</param>
/// <param name="seed">Chooses what goes on.</param>
internal sealed class LiveTraffic(IngestLine line, TimeProvider clock, string project, int seed)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var script = new LiveScript(seed, clock.NowUs());
        List<Event> unsent = [];
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                unsent.AddRange(script.DueAt(clock.NowUs()));
                unsent = await SendAsync(unsent, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop; the shop closes in the middle of its stories.
        }
    }

    // What was not taken is sent again with the next, as any good client does.
    private async Task<List<Event>> SendAsync(List<Event> events, CancellationToken stop)
    {
        if (events.Count == 0)
            return events;

        var batch = events.Take(Limits.BatchEventsMax).ToList();
        var answer = await line.SubmitAsync(project, batch, stop);
        return answer.Result == LineResult.Committed ? events[batch.Count..] : events;
    }
}
