using Sojourn.Ingest;
using Sojourn.Queries;

namespace Sojourn.Server.Api;

/// <summary>What was refused lately, and how often each reason occurred since the start.</summary>
internal static class RefusalsApi
{
    private const int LimitDefault = 100;

    public static void MapRefusalsApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/refusals", ListAsync).Needs(Policy.Read);

    /// <summary>Newest first; <c>limit</c> 1 to 1,000.</summary>
    internal static async Task ListAsync(HttpContext context, RefusalLog refusals)
    {
        var limit = LimitDefault;
        foreach (var (name, text) in context.Parameters())
        {
            if (name == "limit" && int.TryParse(text, out limit)
                && limit is >= 1 and <= Limits.RefusalsKept)
            {
                continue;
            }

            await Problem.Of(new QueryFault(name, "The parameter is not understood.",
                $"Use limit, 1 to {Limits.RefusalsKept}.")).WriteAsync(context);
            return;
        }

        var project = context.Project().Id;
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("counts"u8);
            foreach (var (code, count) in refusals.CountsOf(project))
                json.WriteNumber(code, count);
            json.WriteEndObject();
            json.WriteStartArray("items"u8);
            foreach (var logged in refusals.LastOf(project, limit))
            {
                json.WriteStartObject();
                json.WriteTime("at"u8, logged.AtUs);
                json.WriteNumber("index"u8, logged.Refusal.Index);
                json.WriteString("id"u8, logged.Refusal.Id);
                json.WriteString("code"u8, logged.Refusal.Code);
                json.WriteString("field"u8, logged.Refusal.Field);
                json.WriteString("title"u8, logged.Refusal.Reason.Title);
                json.WriteString("hint"u8, logged.Refusal.Reason.Hint);
                json.WriteString("body"u8, logged.Refusal.BodyStart);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
