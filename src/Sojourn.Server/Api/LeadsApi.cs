using System.Text.Json;
using Sojourn.Kinds.Visits;
using Sojourn.Server.Rules;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Why a lead has its score.</summary>
internal static class LeadsApi
{
    private static readonly Problem Unknown = new(
        404, "lead_unknown", "Nobody of that name has a visit in this project.",
        "Take person.id from GET /v1/sessions?lens=leads.");

    public static void MapLeadsApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/scoring/leads/{person}", ExplainAsync).Needs(Policy.Read);

    /// <summary>The score now and, visit by visit, the events and rules that made it.</summary>
    internal static async Task ExplainAsync(
        HttpContext context, string person, IStore store, TimeProvider clock)
    {
        var nowUs = Events.Micros.From(clock.GetUtcNow());
        var story = await LeadStory.FindAsync(
            store, context.Project(), person, nowUs, context.RequestAborted);
        if (story is null)
        {
            await Unknown.WriteAsync(context);
            return;
        }

        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("person"u8, person);
            json.WritePropertyName("score"u8);
            Write(json, story.Score);
            json.WriteString("level"u8, story.Level);
            json.WriteTime("as_of"u8, nowUs);
            json.WriteNumber("visits_total"u8, story.Total);
            json.WriteStartArray("visits"u8);
            foreach (var session in story.Visits)
                Write(json, session, (Visit)session.Detail!); // One that was just found has it.
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, Session session, Visit visit)
    {
        json.WriteStartObject();
        json.WriteString("session"u8, session.Id.ToString());
        json.WriteTime("started"u8, session.StartedUs);
        json.WriteNumber("points"u8, visit.Points);
        json.WritePropertyName("score"u8);
        Write(json, visit.Lead?.Score);
        json.WriteNumber("rules_version"u8, visit.RulesVersion.Scoring);
        json.WriteStartArray("awards"u8);
        foreach (var award in visit.Awards)
        {
            json.WriteStartObject();
            json.WriteString("event"u8, award.Event);
            json.WriteString("rule"u8, award.Rule);
            json.WriteString("name"u8, award.Name);
            json.WriteNumber("points"u8, award.Points);
            json.WriteString("withheld"u8, award.Withheld);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, long? number)
    {
        if (number is { } known)
            json.WriteNumberValue(known);
        else
            json.WriteNullValue();
    }
}
