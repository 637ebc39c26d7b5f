using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Single events as addresses ask for them.</summary>
internal static class SingleEvents
{
    private static readonly QueryFault NotOurs = new(
        "cursor", "The cursor is none of ours.", "Use the last answer's next, or leave it out.");

    /// <summary>A page of events, or what is wrong with the question; never both.</summary>
    public static async Task<(EventPage? Page, QueryFault? Fault)> FindAsync(
        IStore store, string project, EventQuery query, CancellationToken cancel)
    {
        try
        {
            return (await store.EventsAsync(project, query, cancel), null);
        }
        catch (ArgumentException) when (query.Cursor is not null)
        {
            return (null, NotOurs);
        }
    }
}
