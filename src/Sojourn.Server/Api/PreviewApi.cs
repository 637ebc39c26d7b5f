using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>What another timeout would do, before anybody decides it.</summary>
internal static class PreviewApi
{
    private static readonly Problem Invalid = new(
        400, "timeout_invalid", "The timeout is no duration from 1 minute to 24 hours.",
        "Send {\"timeout\":\"15m\"}.")
    { Field = "timeout" };

    public static void MapPreviewApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/resessionize/preview", PostAsync).Needs(Policy.Read);

    /// <summary>Counts only; nothing is written.</summary>
    internal static async Task PostAsync(HttpContext context, IStore store, TimeProvider clock)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Problems.ContentType.WriteAsync(context);
            return;
        }

        if (await TimeoutAsync(context) is not { } timeout)
        {
            await Invalid.WriteAsync(context);
            return;
        }

        var start = clock.GetTimestamp();
        var preview = await store.PreviewTimeoutAsync(
            context.Project().Id, timeout, context.RequestAborted);
        var took = clock.GetElapsedTime(start);
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("sessions_before"u8, preview.SessionsBefore);
            json.WriteNumber("sessions_after"u8, preview.SessionsAfter);
            json.WriteNumber("split"u8, preview.Split);
            json.WriteNumber("merged"u8, preview.Merged);
            json.WriteNumber("took_ms"u8, Math.Round((decimal)took.TotalMilliseconds, 3));
            json.WriteEndObject();
        });
    }

    private static async Task<TimeSpan?> TimeoutAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body, default, context.RequestAborted);
            var root = body.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || root.EnumerateObject().Count() != 1
                || !root.TryGetProperty("timeout", out var text)
                || text.ValueKind != JsonValueKind.String
                || !DurationText.TryParse(text.GetString(), out var us))
            {
                return null;
            }

            var timeout = Micros.ToLength(us);
            return timeout >= ProjectSettings.TimeoutMin && timeout <= ProjectSettings.TimeoutMax
                ? timeout
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
