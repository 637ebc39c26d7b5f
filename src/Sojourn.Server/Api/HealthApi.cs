using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Whether the process runs, and whether it should be sent anything.</summary>
internal static class HealthApi
{
    public static void MapHealthApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", LiveAsync).Needs(Policy.Anyone);
        routes.MapGet("/health/ready", ReadyAsync).Needs(Policy.Anyone);
    }

    private static Task LiveAsync(HttpContext context) => AnswerAsync(context, []);

    /// <summary>503 with every reason not to send anything here now.</summary>
    private static Task ReadyAsync(
        HttpContext context, IStore store, IHostApplicationLifetime lifetime) =>
        AnswerAsync(context, lifetime.ApplicationStopping.IsCancellationRequested
            ? [.. store.Troubles, "The server is stopping."]
            : store.Troubles);

    private static Task AnswerAsync(HttpContext context, IReadOnlyList<string> why)
    {
        context.Response.StatusCode = why.Count == 0 ? 200 : 503;
        return context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("status"u8, why.Count == 0 ? "ok" : "unready");
            json.WriteStartArray("why"u8);
            foreach (var reason in why) json.WriteStringValue(reason);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
