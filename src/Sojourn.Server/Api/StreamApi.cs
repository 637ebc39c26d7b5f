using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>
/// Live rows as server-sent events: <c>session</c> a new or changed row, <c>removed</c> one that
/// left the list, <c>total</c> how many there are, <c>reset</c> load anew.
/// </summary>
internal static class StreamApi
{
    /// <summary>Rows of one moment; more of them, and loading anew is cheaper.</summary>
    private const int RowsMax = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private static readonly Problem Full = new(
        429, "too_many_streams", "Too many streams are open.", "Close one, or try again later.")
    { RetryAfter = TimeSpan.FromSeconds(30) };

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
            await Full.WriteAsync(context);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            var lines = new EventStream(context.Response);
            var watch = new Watch(store, project, query, await feeds.OfAsync(project.Id), clock);
            await watch.RunAsync(lines, LastEventIdOf(context.Request), stop.Token);
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

    private static long? LastEventIdOf(HttpRequest request) =>
        long.TryParse(
            request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture,
            out var id)
            ? id
            : null;

    /// <summary>One reader's view of a feed.</summary>
    private sealed class Watch(
        IStore store, Project project, SessionQuery query, LiveFeed feed, TimeProvider clock)
    {
        private readonly SessionMatch _match = new(query);
        private readonly SessionQuery _count =
            query with { Limit = 1, Offset = 0, After = null, WithFacets = false };

        private long _at;
        private long? _total;

        public async Task RunAsync(EventStream to, long? resumeAfter, CancellationToken stop)
        {
            _at = resumeAfter ?? feed.Last;
            await SendTotalAsync(to, stop);
            while (true)
            {
                await SendChangesAsync(to, stop);
                await to.FlushAsync(stop);
                await Task.Delay(Pause, clock, stop);
                if (await HasNewsAsync(stop))
                    continue;

                to.Comment();
                await SendTotalAsync(to, stop);
            }
        }

        private async Task<bool> HasNewsAsync(CancellationToken stop)
        {
            try
            {
                await feed.NewsAfter(_at).WaitAsync(KeepAlive, clock, stop);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }

        private async Task SendChangesAsync(EventStream to, CancellationToken stop)
        {
            var changes = feed.After(_at);
            if (changes is { Count: 0 })
                return;

            var now = clock.NowUs();
            var rows = new Dictionary<SessionId, Session?>();
            foreach (var change in changes ?? [])
            {
                foreach (var id in change.Removed) rows[id] = null;
                foreach (var one in change.Changed.Where(IsOfKind))
                    rows[one.Id] = _match.Shows(one, now) ? one : null;
            }

            _at = changes is null ? feed.Last : changes[^1].Sequence;
            if (changes is null || rows.Count > RowsMax)
                to.Send("reset", _at, json => WriteEmpty(json));
            else
                foreach (var (id, session) in rows) Send(to, id, session, now);
            await SendTotalAsync(to, stop);
        }

        private bool IsOfKind(Session session) => session.Kind == query.Lens.Kind.Name;

        private void Send(EventStream to, SessionId id, Session? session, long nowUs)
        {
            if (session is not null)
            {
                to.Send("session", _at, json =>
                    SessionJson.Write(json, project, query.Lens, session with { Detail = null }, nowUs));
            }
            else if (id.Kind == query.Lens.Kind.IdPrefix)
            {
                to.Send("removed", _at, json =>
                {
                    json.WriteStartObject();
                    json.WriteString("id"u8, id.ToString());
                    json.WriteEndObject();
                });
            }
        }

        private async Task SendTotalAsync(EventStream to, CancellationToken stop)
        {
            var page = await store.QueryAsync(project.Id, _count, stop);
            if (page.Total == _total)
                return;

            _total = page.Total;
            to.Send("total", _at, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("total"u8, page.Total);
                json.WriteEndObject();
            });
        }

        private static void WriteEmpty(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }

    /// <summary>The format of server-sent events. Source: WHATWG HTML, 9.2.</summary>
    private sealed class EventStream(HttpResponse response)
    {
        public void Send(string name, long id, Action<Utf8JsonWriter> write)
        {
            var to = response.BodyWriter;
            to.Write(Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"event: {name}\nid: {id}\ndata: ")));
            using (var json = new Utf8JsonWriter(to, Json.Options))
                write(json);
            to.Write("\n\n"u8);
        }

        public void Comment() => response.BodyWriter.Write(":\n\n"u8);

        public async Task FlushAsync(CancellationToken stop) =>
            await response.BodyWriter.FlushAsync(stop);
    }
}
