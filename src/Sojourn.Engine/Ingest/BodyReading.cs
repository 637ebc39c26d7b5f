using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>Reads one body: finds out its form and collects its events.</summary>
internal sealed class BodyReading(Admission admission)
{
    private readonly BatchDraft _draft = new(admission);
    private long? _sentUs;

    /// <summary>What was read.</summary>
    public DecodedBatch ToBatch() => _draft.ToBatch();

    /// <summary>Reads well-formed UTF-8; null when it went well.</summary>
    public BodyRefusal? Read(ReadOnlySpan<byte> text)
    {
        if (admission.LineByLine || IsLines(text))
            return ReadLines(text) ?? CheckCount();

        var reader = new Utf8JsonReader(text, JsonText.Options);
        try
        {
            return ReadDocument(ref reader, text) ?? CheckCount();
        }
        catch (JsonException)
        {
            return JsonText.FaultAt(reader);
        }
    }

    private BodyRefusal? CheckCount() =>
        _draft.Count == 0 ? new BodyRefusal(RefusalCodes.NoEvents) : null;

    private BodyRefusal? ReadDocument(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        reader.Read();
        var refused = reader.TokenType switch
        {
            JsonTokenType.StartArray => ReadArray(ref reader, text),
            JsonTokenType.StartObject when IsEnvelope(reader) => ReadEnvelope(ref reader, text),
            JsonTokenType.StartObject => ReadItem(ref reader, text),
            _ => new BodyRefusal(RefusalCodes.JsonNotObject, reader.TokenStartIndex),
        };
        if (refused is null)
            reader.Read(); // Throws when anything follows.

        return refused;
    }

    private BodyRefusal? ReadArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadItem(ref reader, text) is { } refused)
                return refused;
        }

        return null;
    }

    private BodyRefusal? ReadItem(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (_draft.Count == Limits.BatchEventsMax)
            return new BodyRefusal(RefusalCodes.TooManyEvents, reader.TokenStartIndex);

        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (!TrySkip(ref reader))
                return new BodyRefusal(RefusalCodes.JsonTooDeep, reader.TokenStartIndex);

            _draft.Refuse(
                RefusalCodes.JsonNotObject, null, null, text[start..(int)reader.BytesConsumed]);
        }
        else if (!_draft.TryTake(ref reader, _sentUs))
        {
            _draft.RefuseRead(text[start..(int)reader.BytesConsumed]);
        }

        return null;
    }

    // The envelope's time may stand behind the events; they are then timed once more.
    private BodyRefusal? ReadEnvelope(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var (hasEvents, hasTime) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = reader.TokenStartIndex;
            var isEvents = FieldReader.IsNamed(reader, "events"u8);
            var isClock = FieldReader.IsNamed(reader, "clock"u8);
            if (!isEvents && !isClock && !FieldReader.IsNamed(reader, "sent_at"u8))
                return new BodyRefusal(RefusalCodes.FieldUnknown, at);
            if (isEvents ? hasEvents : hasTime)
                return new BodyRefusal(RefusalCodes.DuplicateKey, at);

            (hasEvents, hasTime) = (hasEvents || isEvents, hasTime || !isEvents);
            reader.Read();
            if ((isEvents ? ReadEvents(ref reader, text) : ReadTime(ref reader, isClock))
                is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    private BodyRefusal? ReadEvents(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.TokenType == JsonTokenType.StartArray
            ? ReadArray(ref reader, text)
            : new BodyRefusal(RefusalCodes.TypeWrong, reader.TokenStartIndex, "events");

    private BodyRefusal? ReadTime(ref Utf8JsonReader reader, bool isClock)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            return new BodyRefusal(
                RefusalCodes.TypeWrong, reader.TokenStartIndex, isClock ? "clock" : "sent_at");
        }

        FieldReader.Time(ref reader, out _sentUs);
        if (isClock && _sentUs is { } clock && ClockCorrection.IsRight(admission.ReceivedUs, clock))
            _sentUs = null;
        if (_sentUs is { } sentUs)
            _draft.Retime(sentUs);

        return null;
    }

    private BodyRefusal? ReadLines(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].Trim(" \t\r"u8);
            if (!line.IsEmpty && ReadLine(line) is { } refused)
                return refused with { Offset = range.Start.Value };
        }

        return null;
    }

    private BodyRefusal? ReadLine(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, JsonText.Options);
        var before = _draft.Count;
        try
        {
            reader.Read();
            var refused = ReadItem(ref reader, line);
            if (refused is null)
                reader.Read(); // Throws when anything follows.

            return refused;
        }
        catch (JsonException)
        {
            _draft.GoBackTo(before);
            _draft.Refuse(JsonText.FaultAt(reader).Reason, null, null, line);
            return null;
        }
    }

    // One event in each line: the first line is a whole object, and more follows.
    private static bool IsLines(ReadOnlySpan<byte> text)
    {
        var rest = text.TrimStart(" \t\r\n"u8);
        var end = rest.IndexOf((byte)'\n');
        if (end < 0 || rest[0] != '{' || rest[end..].Trim(" \t\r\n"u8).IsEmpty)
            return false;

        var reader = new Utf8JsonReader(rest[..end], JsonText.Options);
        try
        {
            reader.Read();
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // An envelope has `events`; its other member may come first. Works on a copy of the reader.
    private static bool IsEnvelope(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (FieldReader.IsNamed(reader, "events"u8))
                return true;
            if (!FieldReader.IsNamed(reader, "sent_at"u8)
                && !FieldReader.IsNamed(reader, "clock"u8))
            {
                return false;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool TrySkip(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
            return true;

        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.CurrentDepth >= Limits.DepthMax
                && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                return false;
            }
        }

        return true;
    }
}
