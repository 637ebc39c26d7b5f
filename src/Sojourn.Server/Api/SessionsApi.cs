using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>The list of sessions, one session, and its story.</summary>
internal static class SessionsApi
{
    private const int TimelineLimitDefault = 100;

    public static void MapSessionsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/sessions", ListAsync).Needs(Policy.Read);
        routes.MapGet("/sessions", ListAsync).Needs(Policy.Read);
        routes.MapGet("/v1/sessions/{id}", FindAsync).Needs(Policy.Read);
        routes.MapGet("/v1/sessions/{id}/events", TimelineAsync).Needs(Policy.Read);
    }

    /// <summary>A page with total and facets; 400 names the parameter at fault.</summary>
    internal static async Task ListAsync(HttpContext context, IStore store, QueryParser parser)
    {
        var project = context.Project();
        if (!parser.TryReadSessions(
                context.Parameters(), project.Settings.Currency, out var query, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        var page = await store.QueryAsync(project.Id, query, context.RequestAborted);
        await context.AnswerAsync(json => WritePage(json, project, query, page));
    }

    /// <summary>The whole session; 308 when another holds it now; 404.</summary>
    internal static async Task FindAsync(
        HttpContext context, string id, IStore store, Lenses lenses, TimeProvider clock)
    {
        var project = context.Project();
        var session = SessionId.TryParse(id, out var asked)
            ? await store.FindSessionAsync(project.Id, asked, context.RequestAborted)
            : null;
        if (session is null)
        {
            await Problems.SessionUnknown.WriteAsync(context);
            return;
        }

        if (session.Id != asked)
        {
            MoveTo(context, $"/v1/sessions/{session.Id}");
            return;
        }

        if (!lenses.TryOf(session, context.Parameters(), out var lens, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        var now = clock.NowUs();
        await context.AnswerAsync(json => SessionJson.Write(json, project, lens, session, now));
    }

    /// <summary>A page of the session's events in order, and all its actions; 308; 404.</summary>
    internal static async Task TimelineAsync(HttpContext context, string id, IStore store)
    {
        var query = context.Request.Query;
        var limit = TimelineLimitDefault;
        if (query["limit"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, out limit) || limit is < 1 or > EventQuery.LimitMax))
        {
            await Problem.Of(new QueryFault("limit", "The limit is out of range.",
                $"Use 1 to {EventQuery.LimitMax}.")).WriteAsync(context);
            return;
        }

        if (query.Keys.FirstOrDefault(key => key is not ("limit" or "cursor")) is { } unknown)
        {
            await Problem.Of(new QueryFault(unknown, "There is no such parameter here.",
                "Use limit, cursor.")).WriteAsync(context);
            return;
        }

        var cursor = query["cursor"].ToString() is { Length: > 0 } given ? given : null;
        var timeline = SessionId.TryParse(id, out var asked)
            ? await store.TimelineAsync(
                context.Project().Id, asked, cursor, limit, context.RequestAborted)
            : null;
        if (timeline is null)
            await Problems.SessionUnknown.WriteAsync(context);
        else if (timeline.Session.Id != asked)
            MoveTo(context, $"/v1/sessions/{timeline.Session.Id}/events");
        else
            await context.AnswerAsync(json => WriteTimeline(json, timeline));
    }

    private static void MoveTo(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = path + context.Request.QueryString;
    }

    private static void WritePage(
        Utf8JsonWriter json, Project project, SessionQuery query, SessionPage page)
    {
        json.WriteStartObject();
        json.WriteNumber("total"u8, page.Total);
        json.WriteStartArray("items"u8);
        foreach (var session in page.Items)
            SessionJson.Write(json, project, query.Lens, session, page.AsOf.NowUs);
        json.WriteEndArray();
        WriteFacets(json, page.Facets);
        json.WriteString("next"u8, page.Next is { } next ? Cursor.ToText(query, next) : null);
        json.WriteBoolean("exact"u8, true);
        json.WriteStartObject("as_of"u8);
        json.WriteNumber("sequence"u8, page.AsOf.Sequence);
        json.WriteTime("now"u8, page.AsOf.NowUs);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFacets(Utf8JsonWriter json, IReadOnlyList<Facet> facets)
    {
        json.WriteStartObject("facets"u8);
        foreach (var facet in facets)
        {
            json.WriteStartObject(facet.Field.Name);
            foreach (var (value, count) in facet.Counts)
                json.WriteNumber(value, count);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTimeline(Utf8JsonWriter json, Timeline timeline)
    {
        json.WriteStartObject();
        json.WriteString("session"u8, timeline.Session.Id.ToString());
        json.WriteStartArray("items"u8);
        foreach (var stored in timeline.Events.Items) EventJson.Write(json, stored);
        json.WriteEndArray();
        json.WriteStartArray("actions"u8);
        foreach (var action in timeline.Actions) EventJson.Write(json, action);
        json.WriteEndArray();
        json.WriteString("next"u8, timeline.Events.Next);
        json.WriteEndObject();
    }
}
