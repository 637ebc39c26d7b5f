using Sojourn.Ingest;
using Sojourn.Ingest.Segment;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>
/// Segment's HTTP API, so that its clients send here by changing an address. Statuses and
/// texts are those its clients act on. Source: docs/guide/segment.md.
/// </summary>
internal static class SegmentApi
{
    // PHP's client takes any other status than exactly 200 for a failure.
    private static readonly byte[] Success = """{"success":true}"""u8.ToArray();

    private static readonly BodySize Size = new(
        Limits.SegmentBodyBytesMax,
        RefusalCodes.BatchTooLarge,
        Limits.SegmentBodyBytesMax,
        RefusalCodes.BatchTooLarge);

    private static readonly Problem KeyMissing =
        Problems.KeyMissing with { Hint = "Give the client the project's write key." };

    // The browser's client uses the first letter; who sends by hand uses the whole word.
    private static readonly (string Path, SegmentType? Type)[] Posts =
    [
        ("batch", null), ("import", null), ("b", null),
        ("track", SegmentType.Track), ("t", SegmentType.Track),
        ("identify", SegmentType.Identify), ("i", SegmentType.Identify),
        ("page", SegmentType.Page), ("p", SegmentType.Page),
        ("screen", SegmentType.Screen), ("s", SegmentType.Screen),
        ("group", SegmentType.Group), ("g", SegmentType.Group),
        ("alias", SegmentType.Alias), ("a", SegmentType.Alias),
    ];

    public static void MapSegmentApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1")
            .WithMetadata(SegmentClients.Instance, new SentBy(Sending.Segment));
        foreach (var (path, type) in Posts)
        {
            group.MapPost(path, (HttpContext context, KeyDoor keys, Intake intake) =>
                PostAsync(context, keys, intake, type)).Needs(Policy.SendKeyInBody);
            MapPreflight(group, path);
        }

        group.MapPost("m", IgnoreAsync).Needs(Policy.Anyone);
        MapPreflight(group, "m");
        // A write key is no secret: it stands in the page that asks.
        group.MapGet("projects/{key}/settings", SettingsAsync).Needs(Policy.Anyone);
        MapPreflight(group, "projects/{key}/settings");
    }

    /// <summary>200; 400 never to be sent again; 401, 403 the key; 503 send again.</summary>
    internal static async Task PostAsync(
        HttpContext context, KeyDoor keys, Intake intake, SegmentType? type)
    {
        var admission = intake.AdmissionOf(context);
        var (bytes, refusal) = await ReadAsync(context.Request, context.RequestAborted);
        SegmentBody? body = null;
        if (refusal is null)
            SegmentBody.TryRead(bytes, type, out body, out refusal);
        if (context.Caller().Project is null
            && JudgeBody(context, keys, body, ref refusal) is { } stranger)
        {
            await stranger.WriteAsync(context);
            return;
        }

        DecodedBatch? batch = null;
        admission = admission with { Trust = context.Caller().Trust };
        if (body is null || refusal is not null
            || !body.TryDecode(admission, out batch, out refusal))
        {
            var problem = ProblemOf(refusal!); // Set, since there is no batch.
            intake.Refuse(context, refusal!, bytes, problem.Status);
            await problem.WriteAsync(context);
            return;
        }

        var taken = await intake.TakeAsync(
            context, batch, _ => type is null ? null : ProblemOf(batch));
        await AnswerAsync(context, taken.Problem);
    }

    /// <summary>How the clients for browsers and .NET ask where to send to.</summary>
    internal static async Task SettingsAsync(HttpContext context, IStore store, string key)
    {
        AllowPages(context);
        if (store.FindKey(key) is not { } known)
        {
            await Problems.KeyInvalid.WriteAsync(context);
            return;
        }

        if (known.Kind == KeyKind.Secret)
        {
            await Problems.SecretKeyInAddress.WriteAsync(context);
            return;
        }

        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("integrations"u8);
            json.WriteStartObject("Segment.io"u8);
            json.WriteString("apiKey"u8, key);
            json.WriteString("apiHost"u8, context.Request.Host.Value + "/v1");
            json.WriteString("protocol"u8, ProtocolFor(context.Request));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("metrics"u8);
            json.WriteNumber("sampleRate"u8, 0);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>The browser's client counts its own doings; nobody here wants to know.</summary>
    internal static Task IgnoreAsync(HttpContext context)
    {
        AllowPages(context);
        return AnswerAsync(context, null);
    }

    // A request that says itself how long it is need not be read to be refused.
    private static async Task<ReadBody> ReadAsync(HttpRequest request, CancellationToken cancel) =>
        request.ContentLength > Limits.SegmentBodyBytesMax
            ? new ReadBody(default, new BodyRefusal(RefusalCodes.BatchTooLarge))
            : await BodyReader.ReadAsync(
                request.Body, request.Headers.ContentEncoding, Size, cancel);

    // Clients of OAuth send a token that is not ours beside the key in the body.
    private static Problem? JudgeBody(
        HttpContext context, KeyDoor keys, SegmentBody? body, ref BodyRefusal? refusal)
    {
        string? key = null;
        if (body is not null)
            refusal = body.FindKey(out key);
        if (refusal is not null && context.Request.ContentLength != 0)
            return ProblemOf(refusal);

        var verdict = keys.Judge(
            context.Request,
            Policy.SendKeyInBody,
            key ?? KeyDoor.BearerOf(context.Request),
            fromAddress: false);
        if (verdict.Caller is { } caller)
            context.SetCaller(caller);
        return verdict.Problem == Problems.KeyMissing ? KeyMissing : verdict.Problem;
    }

    private static Task AnswerAsync(HttpContext context, Problem? problem)
    {
        if (problem is not null)
            return problem.WriteAsync(context);

        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(Success, context.RequestAborted).AsTask();
    }

    private static Problem ProblemOf(BodyRefusal refusal) => Problem.Of(400, refusal.Reason) with
    {
        Field = refusal.Field,
        Offset = refusal.Offset,
    };

    // Of many messages the good ones count; one that comes alone is all there is.
    private static Problem? ProblemOf(DecodedBatch one) =>
        one.Refused is [var refusal, ..]
            ? Problem.Of(400, refusal.Reason) with { Field = refusal.Field }
            : null;

    // A page that came by https may only send by https, whatever is between it and us.
    private static string ProtocolFor(HttpRequest request) =>
        request.Headers.Origin.ToString().StartsWith("https:", StringComparison.Ordinal)
            ? "https"
            : request.Scheme;

    private static void MapPreflight(IEndpointRouteBuilder routes, string path) =>
        routes.MapMethods(path, [HttpMethods.Options], Preflight).Needs(Policy.Anyone);

    // A star does not stand for Authorization, so the headers are named.
    private static void Preflight(HttpContext context)
    {
        AllowPages(context);
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "POST, GET, OPTIONS";
        headers.AccessControlAllowHeaders = "authorization, content-type, x-retry-count";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void AllowPages(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlExposeHeaders = "retry-after";
    }
}
