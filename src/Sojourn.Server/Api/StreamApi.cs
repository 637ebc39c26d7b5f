using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>
/// Live rows as server-sent events: <c>session</c> a new or changed row, <c>removed</c> one that
/// left the list, <c>total</c> how many there are, <c>reset</c> load anew.
/// </summary>
internal static class StreamApi
{
    public static void MapStreamApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/sessions/stream", GetAsync).Needs(Policy.Read);

    /// <summary>Runs until the reader leaves or the server stops.</summary>
    internal static async Task GetAsync(
        HttpContext context, IStore store, QueryParser parser, LiveFeeds feeds,
        TimeProvider clock, IHostApplicationLifetime lifetime)
    {
        var project = context.Project();
        if (!parser.TryReadSessions(
                context.Parameters(), project.Settings.Currency, out var query, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        if (!feeds.TryTakeSeat(project.Id))
        {
            await Problems.TooManyStreams.WriteAsync(context);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            var lines = new EventStream(context.Response);
            var feed = await feeds.OfAsync(project.Id);
            var watch = new SessionWatch(store, project, query, feed, clock);
            await watch.RunAsync(lines, context.LastEventId(), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Streams end by being left.
        }
        finally
        {
            feeds.LeaveSeat(project.Id);
        }
    }
}
