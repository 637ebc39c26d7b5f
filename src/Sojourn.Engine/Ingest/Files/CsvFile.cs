using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

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
        MaxFieldSize = Limits.LineBytesMax,
    };

    private static readonly string[] _texts = ["person_id", "user_id", "anonymous_id", "name"];
    private static readonly string[] _contextTexts =
        ["ip", "user_agent", "url", "referrer", "country"];

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly CsvParser _parser;
    private readonly LineReader _reader;
    private Column[] _columns = [];
    private Column[] _contextColumns = [];
    private Column[] _properties = [];
    private int _id;
    private int _time;
    private int _millis;
    private int _seq;
    private int _width;
    private byte[] _raw = new byte[1024];
    private long _endOffset;
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
        if (CsvHeader.From(names, map, out var refusal) is not { } header)
            return refusal;

        _width = names.Length;
        (_id, _time) = (header["message_id"], header["time"]);
        (_millis, _seq) = (header["epoch_ms"], header["seq"]);
        _columns = ColumnsOf(header, _texts);
        _contextColumns = ColumnsOf(header, _contextTexts);
        _properties = [.. header.Properties.Select(p => Column.Of(p.Name, p.Column))];
        return null;
    }

    private static Column[] ColumnsOf(CsvHeader header, string[] fields) =>
    [
        .. fields.Where(field => header[field] >= 0)
            .Select(field => Column.Of(field, header[field])),
    ];

    // A quote that is never closed makes one field of the rest of the file.
    private bool TryMove()
    {
        try
        {
            var found = _parser.Read();

            // The parser's own count of bytes costs twice as much as its parsing.
            _endOffset += Encoding.UTF8.GetByteCount(_parser.RawRecord);
            return found;
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

        var raw = BytesOf(line);
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        if (!TryWriteTime(cells))
            return Refused(RefusalCodes.TimeInvalid, "time");
        if (!TryWriteSeq(cells))
            return Refused(RefusalCodes.BadNumber, "seq");

        _json.WriteString("id"u8, Cell(cells, _id) ?? _reader.NextId(raw));
        WriteRest(cells);
        return _reader.Read(_buffer.WrittenSpan, raw, _parser.RawRow, _endOffset);
    }

    private void WriteRest(string[] cells)
    {
        foreach (var column in _columns) WriteText(cells, column);
        _json.WriteStartObject("context"u8);
        foreach (var column in _contextColumns) WriteText(cells, column);
        _json.WriteEndObject();
        _json.WriteStartObject("properties"u8);
        foreach (var column in _properties) WriteProperty(column, cells[column.Index]);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
    }

    private void WriteText(string[] cells, Column column)
    {
        if (Cell(cells, column.Index) is { } text)
            _json.WriteString(column.Name, text);
    }

    private void WriteProperty(Column column, string text)
    {
        if (text.Length == 0)
            return;

        if (column.IsAmount && decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var amount))
        {
            _json.WriteNumber(column.Name, amount);
        }
        else
        {
            _json.WriteString(column.Name, text);
        }
    }

    private bool TryWriteTime(string[] cells)
    {
        if (Cell(cells, _time) is { } time)
        {
            _json.WriteString("time"u8, time);
            return true;
        }

        var known = TryNumber(Cell(cells, _millis), out var millis);
        if (known)
            _json.WriteNumber("time"u8, millis);

        return known;
    }

    private bool TryWriteSeq(string[] cells)
    {
        if (Cell(cells, _seq) is not { } text)
            return true;

        var known = TryNumber(text, out var seq);
        if (known)
            _json.WriteNumber("seq"u8, seq);

        return known;
    }

    private static bool TryNumber(string? text, out long number) => long.TryParse(
        text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    // Null when there is no such column or the cell is empty.
    private static string? Cell(string[] cells, int column) =>
        column >= 0 && cells[column].Length > 0 ? cells[column] : null;

    private ReadOnlySpan<byte> BytesOf(ReadOnlySpan<char> line)
    {
        if (_raw.Length < line.Length * 3)
            _raw = new byte[line.Length * 3];

        return _raw.AsSpan(0, Encoding.UTF8.GetBytes(line, _raw));
    }

    private FileLine Refused(RefusalCode reason, string? field) => _reader.Refused(
        reason,
        field,
        Encoding.UTF8.GetBytes(Start(_parser.RawRecord.TrimEnd('\r', '\n'))),
        _parser.RawRow,
        _endOffset);

    private static string Start(string text) =>
        text.Length <= Limits.LineBytesMax ? text : text[..Limits.LineBytesMax];

    /// <summary>A member to write and the column it comes from.</summary>
    private readonly record struct Column(JsonEncodedText Name, int Index, bool IsAmount)
    {
        public static Column Of(string name, int index) => new(
            JsonEncodedText.Encode(name, _options.Encoder), index, name is "value" or "points");
    }
}
