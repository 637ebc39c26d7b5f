using Sojourn.Events;
using Sojourn.Ingest;
using Sojourn.Storage;

namespace Sojourn.Server.Commands.Importing;

/// <summary>Stores events directly.</summary>
internal sealed class StoreSink(IStore store, string project) : IEventSink
{
    public int BatchEventsMax => Limits.GroupEventsMax;

    public async Task<SinkAnswer> SendAsync(
        IReadOnlyList<Event> events, CancellationToken cancel)
    {
        var outcomes = await store.AppendAsync([new EventBatch(project, events)], cancel);
        return new SinkAnswer(
            outcomes[0].Count(one => one == AppendOutcome.Stored),
            outcomes[0].Count(one => one == AppendOutcome.Duplicate),
            [
                .. from place in Enumerable.Range(0, events.Count)
                   where outcomes[0][place] == AppendOutcome.Conflict
                   select (place, "id_conflict", (string?)"id"),
            ]);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
