using Sojourn.Server.Api;

namespace Sojourn.Server.Pages;

/// <summary>
/// What open pages listen to: <c>changed</c> names the kinds that have news, <c>reset</c> says
/// that some of it was missed. Pages ask again for what they show.
/// </summary>
internal static class LivePages
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void MapLivePages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/p/{project}/live", GetAsync).Needs(Policy.See);

    /// <summary>Runs until the page is left or the server stops.</summary>
    internal static async Task GetAsync(
        HttpContext context, LiveFeeds feeds, TimeProvider clock,
        IHostApplicationLifetime lifetime)
    {
        var project = context.Project();
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
            var feed = await feeds.OfAsync(project.Id);
            var at = context.LastEventId() ?? feed.Last;
            await RunAsync(new EventStream(context.Response), feed, at, clock, stop.Token);
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

    private static async Task RunAsync(
        EventStream to, LiveFeed feed, long at, TimeProvider clock, CancellationToken stop)
    {
        to.Comment();
        while (true)
        {
            at = Send(to, feed, at);
            await to.FlushAsync(stop);
            await Task.Delay(Pause, clock, stop);
            try
            {
                await feed.NewsAfter(at).WaitAsync(KeepAlive, clock, stop);
            }
            catch (TimeoutException)
            {
                to.Comment();
            }
        }
    }

    private static long Send(EventStream to, LiveFeed feed, long at)
    {
        if (feed.After(at) is not { } changes)
        {
            to.Send("reset", feed.Last, json => json.WriteNullValue());
            return feed.Last;
        }

        if (changes.Count == 0)
            return at;

        var last = changes[^1].Sequence;
        var kinds = changes.SelectMany(one => one.Changed).Select(one => one.Kind).Distinct();
        to.Send("changed", last, json =>
        {
            json.WriteStartArray();
            foreach (var kind in kinds) json.WriteStringValue(kind);
            json.WriteEndArray();
        });
        return last;
    }
}
