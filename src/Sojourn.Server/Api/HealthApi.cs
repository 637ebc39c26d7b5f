using Sojourn.Server.Accounts;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Whether the process runs, and whether it should be sent anything.</summary>
internal static class HealthApi
{
    public static void MapHealthApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", LiveAsync).Needs(Policy.Anyone).EvenBeforeSetUp();
        routes.MapGet("/health/ready", ReadyAsync).Needs(Policy.Anyone).EvenBeforeSetUp();
    }

    private static Task LiveAsync(HttpContext context) => AnswerAsync(context, why: []);

    /// <summary>503 with every reason not to send anything here now.</summary>
    private static Task ReadyAsync(
        HttpContext context, IStore store, FirstRun first, IHostApplicationLifetime lifetime)
    {
        List<string> why = [.. store.Troubles];
        if (!first.IsOver)
            why.Add("Nobody has set this server up yet: open the link that serve printed.");
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            why.Add("The server is stopping.");
        return AnswerAsync(context, why);
    }

    private static Task AnswerAsync(HttpContext context, List<string> why)
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
