using Sojourn.Events;

namespace Sojourn.Server.Commands.Importing;

/// <summary>Where imported events go: a store, or a server over HTTP.</summary>
internal interface IEventSink : IAsyncDisposable
{
    /// <summary>Most events of one batch.</summary>
    int BatchEventsMax { get; }

    /// <summary>Stores a batch durably before it returns.</summary>
    Task<SinkAnswer> SendAsync(IReadOnlyList<Event> events, CancellationToken cancel);
}

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">Stored now.</param>
/// <param name="Duplicates">Stored before.</param>
/// <param name="Rejected">Places in the batch, with the code of the reason.</param>
internal sealed record SinkAnswer(
    int Accepted, int Duplicates, IReadOnlyList<(int Place, string Code, string? Field)> Rejected);
