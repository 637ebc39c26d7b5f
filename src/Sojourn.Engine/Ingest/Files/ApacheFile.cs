using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Sojourn.Events;

namespace Sojourn.Ingest.Files;

/// <summary>
/// Web server logs: each line is a <c>page_view</c> of the client's address. Source: Apache's
/// <c>mod_log_config</c>, "combined" and its beginning, "common".
/// </summary>
internal static class ApacheFile
{
    private static readonly JsonWriterOptions _options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The lines that are not empty.</summary>
    public static IEnumerable<FileLine> Read(Stream stream, LineReader reader)
    {
        var lines = new ByteLines(stream);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, _options);
        while (lines.TryNext())
        {
            if (!lines.Line.IsEmpty || lines.IsTooLong)
                yield return ReadLine(lines, reader, buffer, json);
        }
    }

    private static FileLine ReadLine(
        ByteLines lines, LineReader reader, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        var line = lines.Line.Span;
        if (lines.IsTooLong || !ApacheLine.TryParse(TextOf(line), out var parsed))
        {
            var reason = lines.IsTooLong ? RefusalCodes.LineTooLong : RefusalCodes.LineInvalid;
            return reader.Refused(reason, null, line, lines.Number, lines.EndOffset);
        }

        buffer.ResetWrittenCount();
        json.Reset();
        Write(json, parsed, reader.NextId(line));
        json.Flush();
        return reader.Read(buffer.WrittenSpan, line, lines.Number, lines.EndOffset);
    }

    private static void Write(Utf8JsonWriter json, ApacheLine line, string id)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("name"u8, EventNames.PageView);
        json.WriteString("person_id"u8, line.Client);
        json.WriteNumber("time"u8, line.TimeMs);
        json.WriteStartObject("properties"u8);
        if (line.Bytes is { } bytes)
            json.WriteNumber("bytes"u8, bytes);
        if (line.Method is not null)
            json.WriteString("method"u8, line.Method);

        json.WriteString("path"u8, line.Path);
        json.WriteNumber("status"u8, line.Status);
        json.WriteEndObject();
        json.WriteStartObject("context"u8);
        json.WriteString("ip"u8, line.Client);
        json.WriteString("url"u8, line.Path);
        json.WriteString("referrer"u8, line.Referrer);
        json.WriteString("user_agent"u8, line.UserAgent);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Old servers wrote what clients sent, byte by byte; such lines are read as Latin-1.
    private static string TextOf(ReadOnlySpan<byte> line) =>
        Utf8.IsValid(line) ? Encoding.UTF8.GetString(line) : Encoding.Latin1.GetString(line);
}
