using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Server.Api;

/// <summary>One person, and all their sessions.</summary>
internal static class PeopleApi
{
    public static void MapPeopleApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/people/{id}", FindAsync).Needs(Policy.Read);
        routes.MapGet("/v1/people/{id}/sessions", SessionsAsync).Needs(Policy.Read);
    }

    /// <summary>The person; 308 when the id was joined to another; 404.</summary>
    internal static async Task FindAsync(
        HttpContext context, string id, People people, Lenses lenses)
    {
        var parameters = context.Parameters();
        var other = parameters.FirstOrDefault(one => one.Key is not ("suppressed" or "archived"));
        if (other.Key is not null)
        {
            await Problem.Of(new QueryFault(
                other.Key, "There is no such parameter here.", "Use suppressed, archived."))
                .WriteAsync(context);
            return;
        }

        if (await AskAsync(context, id, parameters, people, lenses) is not var (question, found))
            return;

        var page = await people.SessionsAsync(
            context.Project().Id, found.Id, question with { Limit = 1 }, context.RequestAborted);
        await context.AnswerAsync(json => Write(json, found, page));
    }

    /// <summary>A page of the person's sessions of all kinds; 308; 404.</summary>
    internal static async Task SessionsAsync(
        HttpContext context, string id, People people, Lenses lenses, TimeProvider clock)
    {
        if (await AskAsync(context, id, context.Parameters(), people, lenses)
            is not var (question, found))
        {
            return;
        }

        var project = context.Project();
        var page = await people.SessionsAsync(
            project.Id, found.Id, question, context.RequestAborted);
        var now = clock.NowUs();
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("person"u8, found.Id);
            json.WriteNumber("total"u8, page.Counts
                .Where(one => question.Only.Count == 0 || question.Only.Contains(one.Lens))
                .Sum(one => one.Count));
            WriteCounts(json, page);
            json.WriteStartArray("items"u8);
            foreach (var one in page.Items)
                SessionJson.Write(json, project, one.Lens, one.Session, now);
            json.WriteEndArray();
            json.WriteString("next"u8, page.Next);
            json.WriteEndObject();
        });
    }

    /// <summary>An id as a route has it: its slashes are still escaped.</summary>
    internal static string IdOf(string part) =>
        part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    // Null once something else was answered.
    private static async Task<(PersonQuery Question, PersonFound Found)?> AskAsync(
        HttpContext context,
        string part,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        People people,
        Lenses lenses)
    {
        if (!PersonQuery.TryRead(parameters, lenses.OfPeople, out var question, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return null;
        }

        var id = IdOf(part);
        var found = await people.FindAsync(
            context.Project().Id, id, question, context.RequestAborted);
        if (found is null)
        {
            await Problems.PersonUnknown.WriteAsync(context);
            return null;
        }

        if (found.Id == id)
            return (question, found);

        var path = context.Request.Path.Value!; // It has the id in it.
        var rest = path.EndsWith("/sessions", StringComparison.Ordinal) ? "/sessions" : "";
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location =
            $"/v1/people/{Uri.EscapeDataString(found.Id)}{rest}{context.Request.QueryString}";
        return null;
    }

    private static void Write(Utf8JsonWriter json, PersonFound found, PersonStory page)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, found.Id);
        json.WriteString("user_id"u8, found.Record?.Person.UserId);
        json.WriteBoolean("verified"u8, found.Record?.Person.Verified ?? false);
        json.WriteString("name"u8, found.Name);
        json.WriteString("email"u8, found.Email);
        json.WriteString("phone"u8, found.Phone);
        json.WriteString("address"u8, found.Address);
        json.WriteTime("first_seen"u8, found.FirstSeenUs);
        json.WriteTime("last_seen"u8, found.LastSeenUs);
        WriteCounts(json, page);
        WriteRecord(json, found.Record);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, PersonStory page)
    {
        json.WriteStartObject("sessions"u8);
        foreach (var (lens, count) in page.Counts)
            json.WriteNumber(lens.Name, count);
        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, PersonRecord? record)
    {
        json.WriteStartArray("identities"u8);
        foreach (var (form, id, joined) in record?.Identities ?? [])
        {
            json.WriteStartObject();
            json.WriteString("form"u8, form == IdentityForm.User ? "user" : "device");
            json.WriteString("id"u8, id);
            if (joined is null)
                json.WriteNull("joined"u8);
            else
                WriteProof(json, "joined"u8, joined);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("aliases"u8);
        foreach (var (user, previous, proof) in record?.Aliases ?? [])
        {
            json.WriteStartObject();
            json.WriteString("user_id"u8, user);
            json.WriteString("previous_id"u8, previous);
            WriteProof(json, "event"u8, proof);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("shared_by"u8);
        foreach (var person in record?.Sharing ?? []) json.WriteStringValue(person.Id);
        json.WriteEndArray();
    }

    private static void WriteProof(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, IdentityProof proof)
    {
        json.WriteStartObject(name);
        json.WriteString("id"u8, proof.EventId);
        json.WriteString("name"u8, proof.Name);
        json.WriteTime("time"u8, proof.TimeUs);
        json.WriteString("trust"u8, EventJson.TextOf(proof.Trust));
        json.WriteEndObject();
    }
}
