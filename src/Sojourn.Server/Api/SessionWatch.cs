using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>One reader's view of a feed.</summary>
internal sealed class SessionWatch(
    IStore store, Project project, SessionQuery query, LiveFeed feed, TimeProvider clock)
{
    /// <summary>Rows of one moment; more of them, and loading anew is cheaper.</summary>
    private const int RowsMax = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly SessionMatch _match = new(query);
    private readonly SessionQuery _count =
        query with { Limit = 1, Offset = 0, After = null, WithFacets = false };

    private long _at;
    private long? _total;

    /// <summary>Sends rows and totals until stopped.</summary>
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
                SessionJson.Write(
                    json, project, query.Lens, session with { Detail = null }, nowUs));
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
