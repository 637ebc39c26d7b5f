using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Sojourn.Events;

namespace Sojourn.Ingest.Files;

/// <summary>Comma-separated files with a header. Source: docs/guide/commands.md.</summary>
internal sealed class CsvFile : IDisposable
{
    private static readonly JsonWriterOptions _options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly CsvConfiguration _configuration = new(CultureInfo.InvariantCulture)
    {
        Delimiter = ",",
        BadDataFound = null,
        CountBytes = true,
        Encoding = Encoding.UTF8,
        MaxFieldSize = Limits.LineBytesMax,
    };

    private static readonly string[] _texts = ["person_id", "user_id", "anonymous_id", "name"];
    private static readonly string[] _contextTexts =
        ["ip", "user_agent", "url", "referrer", "country"];

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly CsvParser _parser;
    private readonly LineReader _reader;
    private CsvHeader _header = CsvHeader.Empty;
    private int _width;
    private bool _isBroken;

    private CsvFile(Stream stream, LineReader reader)
    {
        var text = new StreamReader(stream, Encoding.UTF8, true, 64 * 1024, leaveOpen: true);
        _parser = new CsvParser(text, _configuration);
        _json = new Utf8JsonWriter(_buffer, _options);
        _reader = reader;
    }

    /// <summary>Reads the header at once and the rows while they are asked for.</summary>
    /// <returns>Null when the file cannot be read.</returns>
    public static IEnumerable<FileLine>? Read(
        Stream stream, ColumnMap map, LineReader reader, out FileRefusal? refusal)
    {
        var file = new CsvFile(stream, reader);
        refusal = file.ReadHeader(map);
        if (refusal is null)
            return Rows(file);

        file.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _parser.Dispose();
    }

    private static IEnumerable<FileLine> Rows(CsvFile file)
    {
        using (file)
        {
            while (file.TryMove()) yield return file.ReadRow();
            if (file._isBroken)
                yield return file.Refused(RefusalCodes.LineTooLong, null);
        }
    }

    private FileRefusal? ReadHeader(ColumnMap map)
    {
        if (!TryMove())
        {
            return new FileRefusal(
                "header_invalid",
                "The file has no header. Its first line must name columns: person_id,time,name.");
        }

        var names = _parser.Record!.Select(name => name.Trim()).ToArray();
        _width = names.Length;
        var header = CsvHeader.From(names, map, out var refusal);
        _header = header ?? _header;
        return refusal;
    }

    // A quote that is never closed makes one field of the rest of the file.
    private bool TryMove()
    {
        try
        {
            return _parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            _isBroken = true;
            return false;
        }
    }

    private FileLine ReadRow()
    {
        var cells = _parser.Record!;
        if (cells.Length != _width)
            return Refused(RefusalCodes.LineInvalid, null);

        // What could not be decoded was replaced; it is refused rather than stored changed.
        var line = _parser.RawRecord.AsSpan().TrimEnd("\r\n");
        if (line.Contains('\uFFFD'))
            return Refused(RefusalCodes.BadText, null);
        if (!TryTime(cells, out var time))
            return Refused(RefusalCodes.TimeInvalid, "time");
        if (!TrySeq(cells, out var seq))
            return Refused(RefusalCodes.BadNumber, "seq");

        var raw = Encoding.UTF8.GetBytes(line.ToString());
        Write(cells, time, seq, raw);
        return _reader.Read(
            _buffer.WrittenSpan, raw, _parser.RawRow, _parser.ByteCount);
    }

    private void Write(string[] cells, string time, long? seq, ReadOnlySpan<byte> raw)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("id"u8, Cell(cells, "message_id") ?? _reader.NextId(raw));
        _json.WriteString("time"u8, time);
        if (seq is { } number)
            _json.WriteNumber("seq"u8, number);

        foreach (var field in _texts) WriteText(cells, field);
        _json.WriteStartObject("context"u8);
        foreach (var field in _contextTexts) WriteText(cells, field);
        _json.WriteEndObject();
        _json.WriteStartObject("properties"u8);
        foreach (var (name, column) in _header.Properties) WriteProperty(name, cells[column]);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteText(string[] cells, string field)
    {
        if (Cell(cells, field) is { } text)
            _json.WriteString(field, text);
    }

    private void WriteProperty(string name, string text)
    {
        if (text.Length == 0)
            return;

        var isAmount = name is "value" or "points";
        if (isAmount && decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var amount))
        {
            _json.WriteNumber(name, amount);
        }
        else
        {
            _json.WriteString(name, text);
        }
    }

    private bool TryTime(string[] cells, out string time)
    {
        time = Cell(cells, "time") ?? "";
        if (time.Length > 0)
            return true;

        var known = long.TryParse(
            Cell(cells, "epoch_ms"), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var millis);
        known = Rfc3339.TryFromMillis(millis, out var us) && known;
        time = known ? Micros.ToText(us) : "";
        return known;
    }

    private bool TrySeq(string[] cells, out long? seq)
    {
        var text = Cell(cells, "seq");
        var known = long.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        seq = known ? number : null;
        return known || text is null;
    }

    /// <summary>A field's text, or null when it has no column or the cell is empty.</summary>
    private string? Cell(string[] cells, string field) =>
        _header[field] is >= 0 and var column && cells[column].Length > 0 ? cells[column] : null;

    private FileLine Refused(RefusalCode reason, string? field) => _reader.Refused(
        reason,
        field,
        Encoding.UTF8.GetBytes(Start(_parser.RawRecord.TrimEnd('\r', '\n'))),
        _parser.RawRow,
        _parser.ByteCount);

    private static string Start(string text) =>
        text.Length <= Limits.LineBytesMax ? text : text[..Limits.LineBytesMax];
}
