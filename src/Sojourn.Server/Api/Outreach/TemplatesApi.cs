using System.Text.Json;
using Sojourn.Server.Outreach;

namespace Sojourn.Server.Api.Outreach;

/// <summary>A project's templates.</summary>
internal static class TemplatesApi
{
    private const string Path = "/v1/outreach/templates";

    public static void MapTemplatesApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ListAsync).Needs(Policy.Read);
        routes.MapGet(Path + "/{id}", ShowAsync).Needs(Policy.Read);
        routes.MapPut(Path + "/{id}", SaveAsync).Needs(Policy.Decide);
        routes.MapDelete(Path + "/{id}", DeleteAsync).Needs(Policy.Decide);
        routes.MapPost(Path + "/{id}/preview", PreviewAsync).Needs(Policy.Read);
    }

    internal static Task ListAsync(HttpContext context, TemplateBook book) =>
        context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (var template in book.ListOf(context.Project()))
                Write(json, template);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    internal static Task ShowAsync(HttpContext context, string id, TemplateBook book) =>
        book.Find(context.Project(), id) is { } found
            ? context.AnswerAsync(json => Write(json, found))
            : OutreachProblems.TemplateUnknown.WriteAsync(context);

    internal static async Task SaveAsync(HttpContext context, string id, TemplateBook book)
    {
        if (await OutreachAsked.ReadAsync<TemplateAsked>(context) is not { } asked)
        {
            await OutreachProblems.Unreadable.WriteAsync(context);
            return;
        }

        var answer = await book.PutAsync(
            context.Project(),
            new MessageTemplate(
                id, asked.Name, asked.Channel, asked.Language, asked.Subject, asked.Body)
            {
                Version = asked.Version,
            },
            context.RequestAborted);
        if (answer.Fault is { } fault)
            await OutreachProblems.Of(answer.Field, fault).WriteAsync(context);
        else if (answer.IsStale)
            await OutreachProblems.StaleAt(answer.Template?.Version ?? 0).WriteAsync(context);
        else
            await ShowAsync(context, id, book);
    }

    /// <summary>204. One that a rule names cannot be sent any more.</summary>
    internal static async Task DeleteAsync(HttpContext context, string id, TemplateBook book)
    {
        var project = context.Project();
        if (await book.DeleteAsync(project, id, context.RequestAborted))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else if (book.Find(project, id) is { } changed)
            await OutreachProblems.StaleAt(changed.Version).WriteAsync(context);
        else
            await OutreachProblems.TemplateUnknown.WriteAsync(context);
    }

    /// <summary>Texts with the values of the newest checkout that was left.</summary>
    internal static async Task PreviewAsync(
        HttpContext context, string id, TemplateBook book, TemplatePreviews previews)
    {
        if (await OutreachAsked.ReadAsync<TextsAsked>(context) is not { } asked)
        {
            await OutreachProblems.Unreadable.WriteAsync(context);
            return;
        }

        var project = context.Project();
        if (book.Find(project, id) is not { } found)
        {
            await OutreachProblems.TemplateUnknown.WriteAsync(context);
            return;
        }

        var changed = found with { Subject = asked.Subject, Body = asked.Body };
        if (changed.FaultOf() is var (field, fault))
        {
            await OutreachProblems.Of(field, fault).WriteAsync(context);
            return;
        }

        var preview = await previews.RunAsync(project, changed, context.RequestAborted);
        await context.AnswerAsync(json => Write(json, preview));
    }

    private static void Write(Utf8JsonWriter json, MessageTemplate template)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, template.Id);
        json.WriteNumber("version"u8, template.Version);
        json.WriteBoolean("shipped"u8, !template.IsSaved);
        json.WriteString("name"u8, template.Name);
        json.WriteString("channel"u8, template.Channel);
        json.WriteString("language"u8, template.Language);
        json.WriteString("subject"u8, template.Subject);
        json.WriteString("body"u8, template.Body);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TemplatePreview preview)
    {
        json.WriteStartObject();
        json.WriteString("subject"u8, preview.Subject);
        json.WriteString("body"u8, preview.Body);
        json.WriteString("session"u8, preview.Session);
        json.WriteStartArray("missing"u8);
        foreach (var name in preview.Missing)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
