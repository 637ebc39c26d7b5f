using Sojourn.Ingest;
using Sojourn.Storage;

namespace Sojourn.Server.Commands.Demo;

/// <summary>Puts a history into a store as it happened: what arrived, and what staff did.</summary>
/// <param name="store">The store, opened with the clock.</param>
/// <param name="clock">Goes through the history with it.</param>
/// <param name="project">The project's id.</param>
internal sealed class DemoFilling(IStore store, DemoClock clock, string project)
{
    /// <summary>Fills; the clock shows the present afterwards.</summary>
    public async Task FillAsync(DemoHistory history, CancellationToken cancel)
    {
        var arrivals = history.Arrivals;
        var from = 0;
        foreach (var move in history.Moves)
        {
            var to = from;
            while (to < arrivals.Count && arrivals[to].ReceivedUs <= move.AtUs)
                to++;
            await AppendAsync(history, from, to, cancel);
            from = to;
            clock.GoTo(move.AtUs);
            // Refused when the shopper has come back meanwhile; staff see that, too.
            await store.ActAsync(
                new ActionRequest(
                    project, move.Session, null, move.Type, move.To, move.Text, move.Actor),
                cancel);
        }

        await AppendAsync(history, from, arrivals.Count, cancel);
        clock.Return();
    }

    private async Task AppendAsync(
        DemoHistory history, int from, int to, CancellationToken cancel)
    {
        foreach (var chunk in history.Arrivals.Skip(from).Take(to - from)
            .Chunk(Limits.GroupEventsMax))
        {
            clock.GoTo(chunk[^1].ReceivedUs);
            await store.AppendAsync([new EventBatch(project, chunk)], cancel);
        }
    }
}
