using System.Text.Json;
using Sojourn.Server.Outreach;
using Sojourn.Storage;

namespace Sojourn.Server.Api.Outreach;

/// <summary>
/// A project's outreach: its settings, who is written to no more, and what became of messages.
/// </summary>
internal static class OutreachApi
{
    public static void MapOutreachApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/outreach/rules", ShowAsync).Needs(Policy.Read);
        routes.MapPut("/v1/outreach/rules", SaveAsync).Needs(Policy.Decide);
        routes.MapGet("/v1/outreach/suppressed", ListSuppressedAsync).Needs(Policy.Read);
        routes.MapPut("/v1/outreach/suppressed", SuppressAsync).Needs(Policy.Decide);
        routes.MapDelete("/v1/outreach/suppressed/{key}", UnsuppressAsync).Needs(Policy.Decide);
        routes.MapGet("/v1/outreach/outbox", ListAsync).Needs(Policy.Read);
        routes.MapTemplatesApi();
    }

    internal static Task ShowAsync(HttpContext context, OutreachBook book, ServerSetup setup) =>
        context.AnswerAsync(json => Write(json, book.Current(context.Project()), setup));

    /// <summary>The settings as they are then.</summary>
    internal static async Task SaveAsync(
        HttpContext context, OutreachBook book, ServerSetup setup)
    {
        if (await OutreachAsked.ReadAsync<SettingsAsked>(context) is not { } asked)
        {
            await OutreachProblems.Unreadable.WriteAsync(context);
            return;
        }

        var project = context.Project();
        var answer = await book.SaveAsync(
            project, asked.Version, asked.Settings.GetRawText(), context.RequestAborted);
        if (answer.Fault is { } fault)
            await OutreachProblems.Of(fault).WriteAsync(context);
        else if (answer.IsStale)
            await OutreachProblems.StaleAt(book.Current(project).Version).WriteAsync(context);
        else
            await ShowAsync(context, book, setup);
    }

    internal static async Task ListSuppressedAsync(HttpContext context, Suppressions suppressed)
    {
        var list = await suppressed.ListAsync(context.Project(), context.RequestAborted);
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (var one in list)
                Write(json, one);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>The entry, also when the address was there before.</summary>
    internal static async Task SuppressAsync(HttpContext context, Suppressions suppressed)
    {
        if (await OutreachAsked.ReadAsync<AddressAsked>(context) is not { } asked)
        {
            await OutreachProblems.Unreadable.WriteAsync(context);
            return;
        }

        if (MailAddresses.Read(asked.Address) is not { } address)
        {
            await OutreachProblems.AddressInvalid.WriteAsync(context);
            return;
        }

        var project = context.Project();
        await suppressed.AddAsync(
            project.Id, address, Suppressions.ByStaff, context.Caller().Actor,
            context.RequestAborted);
        if (await suppressed.FindAsync(project, address, context.RequestAborted) is { } entry)
            await context.AnswerAsync(json => Write(json, entry));
        else
            await OutreachProblems.AddressUnknown.WriteAsync(context); // Taken away just now.
    }

    /// <summary>204; what was stopped meanwhile stays stopped.</summary>
    internal static async Task UnsuppressAsync(
        HttpContext context, string key, Suppressions suppressed)
    {
        if (await suppressed.RemoveAsync(context.Project(), key, context.RequestAborted))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await OutreachProblems.AddressUnknown.WriteAsync(context);
    }

    /// <summary>Messages, newest first, and how many there are of each sort.</summary>
    internal static async Task ListAsync(HttpContext context, IStore store)
    {
        if (!OutboxQuestion.TryRead(context.Request.Query, out var query, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        var project = context.Project().Id;
        var rows = await store.Outbox.ListAsync(project, query, context.RequestAborted);
        var counts = await store.Outbox.CountAsync(project, context.RequestAborted);
        await context.AnswerAsync(json => OutboxQuestion.Write(json, query, rows, counts));
    }

    private static void Write(
        Utf8JsonWriter json, (int Version, OutreachSettings Settings) current, ServerSetup setup)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, current.Version);
        json.WriteBoolean("sends"u8, setup.Mail is not null);
        json.WritePropertyName("settings"u8);
        json.WriteRawValue(current.Settings.Write(), skipInputValidation: true);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SuppressedAddress entry)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, entry.AddressKey);
        json.WriteString("address"u8, entry.Shown);
        json.WriteString("why"u8, entry.Why);
        json.WriteString("by"u8, entry.By);
        json.WriteTime("at"u8, entry.AtUs);
        json.WriteEndObject();
    }
}
