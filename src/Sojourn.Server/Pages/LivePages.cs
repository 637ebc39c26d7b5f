using Sojourn.Ingest;
using Sojourn.Server.Api;

namespace Sojourn.Server.Pages;

/// <summary>
/// What open pages listen to: <c>changed</c> names the kinds that have news, or
/// <see cref="Refusals"/>; <c>reset</c> says that some of it was missed. Pages ask again for
/// what they show.
/// </summary>
internal static class LivePages
{
    /// <summary>What has news when something was refused.</summary>
    public const string Refusals = "refusals";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static void MapLivePages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/p/{project}/live", GetAsync).Needs(Policy.See);

    /// <summary>Runs until the page is left or the server stops.</summary>
    internal static async Task GetAsync(
        HttpContext context, LiveFeeds feeds, RefusalLog refusals, TimeProvider clock,
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
            var news = new News(feed, refusals, project.Id)
            {
                At = context.LastEventId() ?? feed.Last,
                Refused = refusals.TotalOf(project.Id),
            };
            await RunAsync(new EventStream(context.Response), news, clock, stop.Token);
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
        EventStream to, News news, TimeProvider clock, CancellationToken stop)
    {
        to.Comment();
        while (true)
        {
            Send(to, news);
            await to.FlushAsync(stop);
            await Task.Delay(Pause, clock, stop);
            var any = news.AnyAsync();
            while (!any.IsCompleted)
            {
                try
                {
                    await any.WaitAsync(KeepAlive, clock, stop);
                }
                catch (TimeoutException)
                {
                    to.Comment();
                    await to.FlushAsync(stop);
                }
            }
        }
    }

    private static void Send(EventStream to, News news)
    {
        if (news.Take() is not { } named)
            to.Send("reset", news.At, json => json.WriteNullValue());
        else if (named.Count > 0)
        {
            to.Send("changed", news.At, json =>
            {
                json.WriteStartArray();
                foreach (var name in named) json.WriteStringValue(name);
                json.WriteEndArray();
            });
        }
    }

    /// <summary>What one reader has not been told yet.</summary>
    private sealed class News(LiveFeed feed, RefusalLog refusals, string project)
    {
        /// <summary>The last commit the reader knows of.</summary>
        public required long At { get; set; }

        /// <summary>How many refusals the reader knows of.</summary>
        public required long Refused { get; set; }

        /// <summary>Ends when there is some.</summary>
        public Task<Task> AnyAsync() =>
            Task.WhenAny(feed.NewsAfter(At), refusals.NewsAfter(project, Refused));

        /// <summary>What has news by now; null when some was missed.</summary>
        public List<string>? Take()
        {
            var before = Refused;
            Refused = refusals.TotalOf(project);
            if (feed.After(At) is not { } changes)
            {
                At = feed.Last;
                return null;
            }

            if (changes.Count > 0)
                At = changes[^1].Sequence;
            return
            [
                .. changes.SelectMany(one => one.Changed).Select(one => one.Kind).Distinct(),
                .. Refused > before ? [Refusals] : Array.Empty<string>(),
            ];
        }
    }
}
