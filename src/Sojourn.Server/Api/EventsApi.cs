using System.Text.Json;
using Sojourn.Ingest;
using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Events in, and single events out for debugging.</summary>
internal static class EventsApi
{
    private const string BatchIdHeader = "Idempotency-Key";

    public static void MapEventsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/events", PostAsync).Needs(Policy.Send);
        routes.MapMethods("/v1/events", [HttpMethods.Options], Preflight).Needs(Policy.Anyone);
        routes.MapGet("/v1/events", ListAsync).Needs(Policy.Read);
    }

    /// <summary>200 with what became of each; 422 when none was taken; 503 send again.</summary>
    internal static async Task PostAsync(HttpContext context, Intake intake)
    {
        if (!IsTaken(context.Request.ContentType))
        {
            var unknown = new BodyRefusal(RefusalCodes.ContentTypeUnknown);
            intake.Refuse(context, unknown, default, Problems.ContentType.Status);
            await Problems.ContentType.WriteAsync(context);
            return;
        }

        var admission = AdmissionOf(context, intake);
        var (body, refusal) = await BodyReader.ReadAsync(
            context.Request.Body,
            context.Request.Headers.ContentEncoding,
            BodySize.Native,
            context.RequestAborted);
        DecodedBatch? batch = null;
        if (refusal is not null
            || !NativeDecoder.TryDecode(body, admission, out batch, out refusal))
        {
            var problem = ProblemOf(refusal);
            intake.Refuse(context, refusal, body, problem.Status);
            await problem.WriteAsync(context);
            return;
        }

        await AnswerAsync(context, batch, await intake.TakeAsync(
            context, batch, taken => NothingTaken(batch, taken)));
    }

    /// <summary>A page of single events, newest first.</summary>
    internal static async Task ListAsync(HttpContext context, IStore store)
    {
        if (!QueryParser.TryReadEvents(context.Parameters(), out var query, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        (var page, fault) = await SingleEvents.FindAsync(
            store, context.Project().Id, query, context.RequestAborted);
        if (page is null)
        {
            await Problem.Of(fault!).WriteAsync(context); // Set, since there is no page.
            return;
        }

        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (var stored in page.Items) EventJson.Write(json, stored);
            json.WriteEndArray();
            json.WriteString("next"u8, page.Next);
            json.WriteEndObject();
        });
    }

    private static void Preflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "POST";
        headers.AccessControlAllowHeaders =
            "authorization, content-type, content-encoding, idempotency-key";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // Browsers send beacons as text/plain; no cookie is read here, so that is harmless.
    private static bool IsTaken(string? contentType) =>
        contentType is null
        || TypeOf(contentType) is "application/json" or "application/x-ndjson"
            or "application/ndjson" or "application/jsonl" or "text/plain";

    private static string TypeOf(string contentType) =>
        contentType.Split(';', 2)[0].Trim().ToLowerInvariant();

    private static Admission AdmissionOf(HttpContext context, Intake intake)
    {
        var batchId = context.Request.Headers[BatchIdHeader].ToString();
        return intake.AdmissionOf(context) with
        {
            BatchId = batchId.Length is > 0 and <= Admission.BatchIdCharsMax
                && batchId.All(c => c is > ' ' and <= '~') ? batchId : null,
            LineByLine = context.Request.ContentType is { } type
                && TypeOf(type) is "application/x-ndjson" or "application/ndjson"
                    or "application/jsonl",
        };
    }

    private static Task AnswerAsync(HttpContext context, DecodedBatch batch, TakenIn taken) =>
        taken.Problem is { } problem
            ? problem.WriteAsync(context)
            : context.AnswerAsync(json =>
            {
                json.WriteStartObject();
                WriteTaken(json, batch, taken);
                json.WriteEndObject();
            });

    private static Problem? NothingTaken(DecodedBatch batch, TakenIn taken)
    {
        if (taken.Accepted + taken.Duplicates > 0)
            return null;

        var first = taken.Rejected[0].Reason;
        return new Problem(422, first.Code, "No event was taken. " + first.Title, first.Hint)
        {
            Field = taken.Rejected[0].Field,
            More = json => WriteTaken(json, batch, taken),
        };
    }

    /// <summary>Writes what became of a body's events, inside an object.</summary>
    public static void WriteTaken(Utf8JsonWriter json, DecodedBatch batch, TakenIn taken)
    {
        json.WriteNumber("accepted"u8, taken.Accepted);
        json.WriteNumber("duplicates"u8, taken.Duplicates);
        WriteReasons(json, "rejected"u8,
            taken.Rejected.Select(one => (one.Index, one.Id, one.Code, one.Field)));
        if (batch.Remarks.Count > 0)
        {
            WriteReasons(json, "remarks"u8, batch.Remarks.Select(one =>
                (one.Index, (string?)one.Id, one.Reason.Code, one.Field)));
        }
    }

    private static void WriteReasons(
        Utf8JsonWriter json,
        ReadOnlySpan<byte> name,
        IEnumerable<(int Index, string? Id, string Code, string? Field)> reasons)
    {
        json.WriteStartArray(name);
        foreach (var (index, id, code, field) in reasons)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, index);
            json.WriteString("id"u8, id);
            json.WriteString("code"u8, code);
            json.WriteString("field"u8, field);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What a body that is refused as a whole is answered with.</summary>
    public static Problem ProblemOf(BodyRefusal refusal)
    {
        var status = refusal.Reason.Code switch
        {
            "body_too_large" or "decompressed_too_large" or "too_many_events" => 413,
            "encoding_unknown" => 415,
            "no_events" => 422,
            "signature_invalid" or "signature_expired" => 401,
            _ => 400,
        };
        return Problem.Of(status, refusal.Reason) with
        {
            Field = refusal.Field,
            Offset = refusal.Offset,
        };
    }
}
