using System.Diagnostics;
using System.Text.Json;
using Sojourn.Ingest;
using Sojourn.Queries;

namespace Sojourn.Server.Api;

/// <summary>
/// A refusal as it is answered: <c>application/problem+json</c> with a stable code, plain words
/// and the next step. Never a stack, a path or SQL. Source: RFC 9457, docs/errors.md.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, snake case.</param>
/// <param name="Title">What is wrong, in plain words.</param>
/// <param name="Hint">What to do next.</param>
internal sealed record Problem(int Status, string Code, string Title, string Hint)
{
    /// <summary>The field or parameter at fault, or null.</summary>
    public string? Field { get; init; }

    /// <summary>Bytes before the fault in the body, or null.</summary>
    public long? Offset { get; init; }

    /// <summary>When to try again, or null when that would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Further members, or null.</summary>
    public Action<Utf8JsonWriter>? More { get; init; }

    public static Problem Of(QueryFault fault) =>
        new(400, QueryFault.Code, fault.Title, fault.Hint) { Field = fault.Field };

    public static Problem Of(int status, RefusalCode reason) =>
        new(status, reason.Code, reason.Title, reason.Hint);

    /// <summary>Answers with it; nothing may have been written before.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        if (context.Features.Get<ProblemPresenter>() is { } present)
        {
            await present(context, this);
            return;
        }

        var response = context.Response;
        response.StatusCode = Status;
        var route = context.GetEndpoint()?.Metadata;
        var isForSegment = route?.GetMetadata<SegmentClients>() is not null;
        response.ContentType = isForSegment ? "application/json" : "application/problem+json";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString();

        using (var json = new Utf8JsonWriter(response.BodyWriter, Json.Options))
        {
            json.WriteStartObject();
            json.WriteString("code"u8, Code);
            json.WriteString("title"u8, Title);
            if (isForSegment)
                WriteForSegment(json);
            json.WriteNumber("status"u8, Status);
            if (Field is not null) json.WriteString("field"u8, Field);
            if (Offset is not null) json.WriteNumber("offset"u8, Offset.Value);
            More?.Invoke(json);
            json.WriteString("hint"u8, Hint);
            json.WriteString("trace_id"u8, TraceIdOf(context));
            json.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    // Its Python client shows `code` and `message`, its Ruby client `error`.
    private void WriteForSegment(Utf8JsonWriter json)
    {
        json.WriteString("message"u8, $"{Title} {Hint}");
        json.WriteString("error"u8, $"{Title} {Hint}");
    }

    private static string TraceIdOf(HttpContext context) =>
        Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}

/// <summary>Marks routes whose callers expect refusals in the form of Segment's HTTP API.</summary>
internal sealed class SegmentClients
{
    /// <summary>The one mark.</summary>
    public static readonly SegmentClients Instance = new();
}
