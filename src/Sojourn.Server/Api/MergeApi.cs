using System.Text.Json;
using System.Text.Json.Serialization;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Makes two people one: previewed, done, undone.</summary>
internal static class MergeApi
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
    };

    public static void MapMergeApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/people/{id}/merge/preview", PreviewAsync).Needs(Policy.Act);
        routes.MapPost("/v1/people/{id}/merge", MergeAsync).Needs(Policy.Act);
        routes.MapPost("/v1/people/{id}/merge/undo", UndoAsync).Needs(Policy.Act);
    }

    /// <summary>What would change; writes nothing.</summary>
    internal static async Task PreviewAsync(HttpContext context, string id, Merging merging)
    {
        if (await PlanAsync(context, id, merging) is not { } plan)
            return;

        var preview = await merging.PreviewAsync(
            context.Project().Id, plan, context.RequestAborted);
        await (preview is null
            ? MergeProblems.TooLarge.WriteAsync(context)
            : context.AnswerAsync(json => Write(json, plan, preview)));
    }

    /// <summary>The person both are now, and the alias that undo takes.</summary>
    internal static async Task MergeAsync(
        HttpContext context, string id, Merging merging, IStore store)
    {
        if (await PlanAsync(context, id, merging) is not { } plan)
            return;

        var (project, cancel) = (context.Project().Id, context.RequestAborted);
        if (await merging.MergeAsync(project, plan, cancel) is { } problem)
        {
            await problem.WriteAsync(context);
            return;
        }

        var person = await store.FindPersonAsync(project, plan.Kept.Person.Id, cancel);
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("person"u8, person?.Person.Id);
            json.WriteString("alias_id"u8, plan.Alias.Id);
            json.WriteEndObject();
        });
    }

    /// <summary>The alias counts no more; answers with the ids it had joined.</summary>
    internal static async Task UndoAsync(HttpContext context, string id, Merging merging)
    {
        if (await ReadAsync<UndoAsked>(context) is not { } asked)
            return;
        if (asked.AliasId is not { Length: > 0 } alias)
        {
            await MergeProblems.Invalid.WriteAsync(context);
            return;
        }

        var problem = await merging.UndoAsync(
            context.Project().Id, PeopleApi.IdOf(id), alias, context.Caller().Actor,
            context.RequestAborted);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("undone"u8, alias);
            json.WriteEndObject();
        });
    }

    // Null once a problem was answered.
    private static async Task<MergePlan?> PlanAsync(
        HttpContext context, string id, Merging merging)
    {
        if (await ReadAsync<MergeAsked>(context) is not { } asked)
            return null;
        if (asked.With is not { Length: > 0 } with)
        {
            await MergeProblems.Invalid.WriteAsync(context);
            return null;
        }

        var (plan, problem) = await merging.PlanAsync(
            context.Project().Id, PeopleApi.IdOf(id), with, context.Caller().Actor,
            context.RequestAborted);
        if (problem is not null)
            await problem.WriteAsync(context);
        return plan;
    }

    private static async Task<T?> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            await Problems.ContentType.WriteAsync(context);
            return null;
        }

        T? asked = null;
        try
        {
            asked = await JsonSerializer.DeserializeAsync<T>(
                context.Request.Body, Reading, context.RequestAborted);
        }
        catch (JsonException)
        {
            // Answered below, like a body that is null.
        }

        if (asked is null)
            await MergeProblems.Invalid.WriteAsync(context);
        return asked;
    }

    private static void Write(Utf8JsonWriter json, MergePlan plan, AliasPreview preview)
    {
        json.WriteStartObject();
        json.WriteString("person"u8, plan.Kept.Person.Id);
        json.WriteNumber("sessions_before"u8, preview.Before);
        json.WriteNumber("sessions_after"u8, preview.After);
        json.WriteNumber("joined_total"u8, preview.JoinedTotal);
        json.WriteStartArray("joined"u8);
        foreach (var joined in preview.Joined)
        {
            json.WriteStartArray();
            foreach (var session in joined.Sessions)
                Write(json, session);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("moved"u8);
        foreach (var (form, id, _) in plan.Moved.Identities)
        {
            json.WriteStartObject();
            json.WriteString("form"u8, form == IdentityForm.User ? "user" : "device");
            json.WriteString("id"u8, id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Session session)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, session.Id.ToString());
        json.WriteString("person"u8, session.PersonId);
        json.WriteTime("started_at"u8, session.StartedUs);
        json.WriteEndObject();
    }

    /// <summary>A merge as a client asks for it.</summary>
    /// <param name="With">The other person's id or e-mail.</param>
    internal sealed record MergeAsked(string? With);

    /// <summary>An undo as a client asks for it.</summary>
    /// <param name="AliasId">The alias's event.</param>
    internal sealed record UndoAsked(string? AliasId);
}
