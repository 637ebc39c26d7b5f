using System.Text;
using System.Text.Json;
using Sojourn.Ingest;
using Sojourn.Server.Api;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>What the sender of something refused was told about it.</summary>
internal static class RefusalAnswer
{
    /// <summary>
    /// The part of the answer that is about this refusal, as JSON. The trace id, which only the
    /// answer has, is left out. Null when the answer was about something else: that the server
    /// could store nothing just then, or that nobody was there to hear it.
    /// </summary>
    public static string? Of(LoggedRefusal logged) => logged.Sending switch
    {
        { Status: null or >= StatusCodes.Status500InternalServerError } => null,
        { Source: Sending.Segment, Status: StatusCodes.Status200OK } =>
            Text(json => json.WriteBoolean("success"u8, true)),
        { Source: Sending.Segment } => Text(json => WriteProblem(json, logged)),
        _ when logged.Refusal.IsWholeBody => Text(json => WriteProblem(json, logged)),
        _ => Text(json => WriteRejected(json, logged.Refusal)),
    };

    private static void WriteProblem(Utf8JsonWriter json, LoggedRefusal logged)
    {
        var refusal = logged.Refusal;
        json.WriteString("code"u8, refusal.Code);
        json.WriteString("title"u8, refusal.Reason.Title);
        if (logged.Sending.Status is { } status) json.WriteNumber("status"u8, status);
        if (refusal.Field is not null) json.WriteString("field"u8, refusal.Field);
        if (refusal.Offset is { } offset) json.WriteNumber("offset"u8, offset);
        json.WriteString("hint"u8, refusal.Reason.Hint);
    }

    private static void WriteRejected(Utf8JsonWriter json, Refusal refusal)
    {
        json.WriteStartArray("rejected"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, refusal.Index);
        json.WriteString("id"u8, refusal.Id);
        json.WriteString("code"u8, refusal.Code);
        json.WriteString("field"u8, refusal.Field);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Json.Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
