using System.Globalization;
using System.Text;
using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>The format of exported rows.</summary>
internal enum ExportFormat
{
    /// <summary>Rows of cells with a header; made safe for spreadsheets.</summary>
    Csv,

    /// <summary>One JSON object in each line, exactly as the API answers them.</summary>
    Ndjson,
}

/// <summary>Writes all sessions of a question, row by row, without holding them.</summary>
/// <param name="project">The project.</param>
/// <param name="lens">The list.</param>
/// <param name="nowUs">The instant statuses hold for.</param>
internal sealed class SessionExport(Project project, Lens lens, long nowUs)
{
    private const int BufferBytes = 64 * 1024;

    private static readonly string[] CommonColumns =
    [
        "session_id", "person_id", "start", "end", "duration_ms", "events", "entry", "exit",
        "start_reason", "end_reason", "status", "device", "country", "source", "suppressed_by",
        "anonymous_id", "user_id", "email", "name",
    ];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The format of a name; false when there is none such.</summary>
    public static bool TryFormat(string? name, out ExportFormat format)
    {
        format = name == "ndjson" ? ExportFormat.Ndjson : ExportFormat.Csv;
        return name is "csv" or "ndjson";
    }

    /// <summary>Writes them all; returns how many.</summary>
    public Task<long> WriteAsync(
        Stream to, ExportFormat format, IAsyncEnumerable<Session> sessions, CancellationToken cancel) =>
        format == ExportFormat.Csv
            ? WriteCsvAsync(to, sessions, cancel)
            : WriteLinesAsync(to, sessions, cancel);

    private async Task<long> WriteCsvAsync(
        Stream to, IAsyncEnumerable<Session> sessions, CancellationToken cancel)
    {
        var count = 0L;
        await using var text = new StreamWriter(to, Utf8, BufferBytes, leaveOpen: true);
        Csv.WriteRow(text, [.. CommonColumns, .. lens.Fields.Select(field => field.Name)]);
        await foreach (var session in sessions.WithCancellation(cancel))
        {
            Csv.WriteRow(text, [.. Cells(session), .. lens.Fields.Select(field =>
                CellOf(field, SessionJson.ValueOf(lens, session, field)))]);
            count++;
        }

        return count;
    }

    private async Task<long> WriteLinesAsync(
        Stream to, IAsyncEnumerable<Session> sessions, CancellationToken cancel)
    {
        var count = 0L;
        await using var buffered = new BufferedStream(to, BufferBytes);
        await using var json = new Utf8JsonWriter(buffered, Json.Options);
        await foreach (var session in sessions.WithCancellation(cancel))
        {
            SessionJson.Write(json, project, lens, session, nowUs);
            await json.FlushAsync(cancel);
            json.Reset();
            buffered.WriteByte((byte)'\n');
            count++;
        }

        await buffered.FlushAsync(cancel);
        return count;
    }

    private IEnumerable<string?> Cells(Session session) =>
    [
        session.Id.ToString(),
        session.PersonId,
        Micros.ToText(session.StartedUs),
        Micros.ToText(session.EndedUs),
        MsOf(session.DurationUs),
        SessionJson.EventsOf(lens, session).ToString(CultureInfo.InvariantCulture),
        session.Entry,
        session.Exit,
        session.StartReason.ToText(),
        session.Lifecycle.EndReasonAt(nowUs).ToText(),
        session.Lifecycle.StatusAt(nowUs),
        session.Device,
        session.Country,
        session.Source,
        session.SuppressedBy,
        session.AnonymousId,
        session.UserId,
        session.Email,
        session.Name,
    ];

    /// <summary>Milliseconds, with a fraction only where there is one.</summary>
    public static string MsOf(long us) =>
        (us / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    private static string? CellOf(Field field, object? value) => value switch
    {
        null => null,
        long us when field.Type == FieldType.Time => Micros.ToText(us),
        IEnumerable<string> words => string.Join(' ', words),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
