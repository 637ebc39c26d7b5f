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
    private const int BufferBytes = 32 * 1024;

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

    /// <summary>Writes them all.</summary>
    public async Task WriteAsync(
        Stream to,
        ExportFormat format,
        IAsyncEnumerable<Session> sessions,
        CancellationToken cancel)
    {
        // Rows are gathered here, because a response takes bytes only when it is waited for.
        using var gathered = new MemoryStream(BufferBytes);
        await using var text = new StreamWriter(gathered, Utf8, leaveOpen: true);
        await using var json = new Utf8JsonWriter(gathered, Json.Options);
        if (format == ExportFormat.Csv)
            Csv.WriteRow(text, [.. CommonColumns, .. lens.Fields.Select(field => field.Name)]);
        await foreach (var session in sessions.WithCancellation(cancel))
        {
            if (format == ExportFormat.Csv)
                WriteRow(text, session);
            else
                WriteLine(json, gathered, session);
            if (gathered.Length >= BufferBytes)
                await PassOnAsync();
        }

        await text.FlushAsync(cancel);
        await PassOnAsync();

        async Task PassOnAsync()
        {
            await to.WriteAsync(gathered.GetBuffer().AsMemory(0, (int)gathered.Length), cancel);
            gathered.SetLength(0);
        }
    }

    private void WriteRow(StreamWriter text, Session session) => Csv.WriteRow(
        text,
        [
            .. Cells(session),
            .. lens.Fields.Select(field =>
                CellOf(field, SessionJson.ValueOf(lens, session, field))),
        ]);

    private void WriteLine(Utf8JsonWriter json, MemoryStream gathered, Session session)
    {
        SessionJson.Write(json, project, lens, session, nowUs);
        json.Flush();
        json.Reset();
        gathered.WriteByte((byte)'\n');
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
