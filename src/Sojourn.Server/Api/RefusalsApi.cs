using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Sojourn.Events;
using Sojourn.Ingest;

namespace Sojourn.Server.Api;

/// <summary>What was refused lately, and how often each reason occurred since the start.</summary>
internal static class RefusalsApi
{
    private static readonly string[] Columns =
    [
        "at", "code", "title", "hint", "field", "name", "id", "source", "status", "index",
        "events", "stored", "body",
    ];

    public static void MapRefusalsApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/refusals", ListAsync).Needs(Policy.Read);

    /// <summary>Newest first; with <c>format</c> all that match, as a file.</summary>
    internal static async Task ListAsync(
        HttpContext context, RefusalLog refusals, IntakeMeter meter)
    {
        if (!RefusalQuestion.TryRead(context.Parameters("format"), out var query, out var fault))
        {
            await Problem.Of(fault).WriteAsync(context);
            return;
        }

        var project = context.Project().Id;
        var format = context.Request.Query["format"].ToString();
        if (format.Length > 0)
        {
            await ExportAsync(context, format, refusals.Find(
                project, query with { Offset = 0, Limit = Limits.RefusalsKept }));
            return;
        }

        var page = refusals.Find(project, query);
        var reading = meter.Of(project);
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteTime("since"u8, reading.StartedUs);
            json.WriteNumber("accepted"u8, reading.Stored);
            json.WriteNumber("duplicates"u8, reading.Duplicates);
            json.WriteNumber("refused"u8, refusals.TotalOf(project));
            json.WriteStartObject("counts"u8);
            foreach (var one in refusals.CountsOf(project))
                json.WriteNumber(one.Code, one.Count);
            json.WriteEndObject();
            json.WriteNumber("kept"u8, page.Kept);
            json.WriteNumber("total"u8, page.Total);
            json.WriteStartArray("items"u8);
            foreach (var logged in page.Items) Write(json, logged);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task ExportAsync(HttpContext context, string format, RefusalPage page)
    {
        if (!SessionExport.TryFormat(format, out var known))
        {
            await Problem.Of(ExportApi.NoFormat).WriteAsync(context);
            return;
        }

        var isCsv = known == ExportFormat.Csv;
        context.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/x-ndjson";
        context.Response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment")
            {
                FileName = isCsv ? "refusals.csv" : "refusals.ndjson",
            }.ToString();
        await context.Response.Body.WriteAsync(
            isCsv ? CsvOf(page) : LinesOf(page), context.RequestAborted);
    }

    private static byte[] CsvOf(RefusalPage page)
    {
        using var text = new StringWriter();
        Csv.WriteRow(text, Columns);
        foreach (var (_, atUs, refusal, sending) in page.Items)
        {
            Csv.WriteRow(
                text, Micros.ToText(atUs), refusal.Code, refusal.Reason.Title,
                refusal.Reason.Hint, refusal.Field, refusal.Name, refusal.Id, sending.Source,
                Text(sending.Status), refusal.IsWholeBody ? null : Text(refusal.Index),
                Text(sending.Events), Text(sending.Stored), refusal.BodyStart);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] LinesOf(RefusalPage page)
    {
        using var lines = new MemoryStream();
        using var json = new Utf8JsonWriter(lines, Json.Options);
        foreach (var logged in page.Items)
        {
            Write(json, logged);
            json.Flush();
            json.Reset();
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    private static void Write(Utf8JsonWriter json, LoggedRefusal logged)
    {
        var (_, atUs, refusal, sending) = logged;
        json.WriteStartObject();
        json.WriteString("refusal_id"u8, logged.Id);
        json.WriteTime("at"u8, atUs);
        json.WriteNumber("index"u8, refusal.Index);
        json.WriteBoolean("whole_body"u8, refusal.IsWholeBody);
        json.WriteString("id"u8, refusal.Id);
        json.WriteString("name"u8, refusal.Name);
        json.WriteString("code"u8, refusal.Code);
        json.WriteString("field"u8, refusal.Field);
        if (refusal.Offset is { } offset) json.WriteNumber("offset"u8, offset);
        json.WriteString("title"u8, refusal.Reason.Title);
        json.WriteString("hint"u8, refusal.Reason.Hint);
        json.WriteString("source"u8, sending.Source);
        json.WriteString("origin"u8, sending.Origin);
        json.WriteString("user_agent"u8, sending.Agent);
        if (sending.Status is { } status) json.WriteNumber("status"u8, status);
        json.WriteNumber("events"u8, sending.Events);
        json.WriteNumber("stored"u8, sending.Stored);
        json.WriteString("body"u8, refusal.BodyStart);
        json.WriteEndObject();
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
