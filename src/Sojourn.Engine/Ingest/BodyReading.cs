using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>Reads one body: finds out its form and collects its events.</summary>
internal sealed class BodyReading(Admission admission)
{
    private readonly EventReader _event = new(admission);
    private readonly List<Event> _events = [];
    private readonly List<int> _indexes = [];
    private readonly List<Refusal> _refused = [];
    private readonly List<Remark> _remarks = [];
    private int _place;
    private long? _sentUs;

    /// <summary>What was read.</summary>
    public DecodedBatch ToBatch()
    {
        for (var i = 0; i < _events.Count; i++)
        {
            if (_events[i].ClockSuspect)
            {
                _remarks.Add(new Remark(
                    _indexes[i], _events[i].Id, RefusalCodes.ClockSuspect, "time"));
            }
        }

        return new DecodedBatch(_events, _indexes, _refused, _remarks);
    }

    /// <summary>Reads well-formed UTF-8; null when it went well.</summary>
    public BodyRefusal? Read(ReadOnlySpan<byte> text)
    {
        if (admission.LineByLine || IsLines(text))
            return ReadLines(text) ?? CheckCount();

        var reader = new Utf8JsonReader(text, NativeDecoder.Options);
        try
        {
            return ReadDocument(ref reader, text) ?? CheckCount();
        }
        catch (JsonException)
        {
            return FaultAt(reader);
        }
    }

    private BodyRefusal? CheckCount() =>
        _place == 0 ? new BodyRefusal(RefusalCodes.NoEvents) : null;

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
        if (_place == Limits.BatchEventsMax)
            return new BodyRefusal(RefusalCodes.TooManyEvents, reader.TokenStartIndex);

        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (!TrySkip(ref reader))
                return new BodyRefusal(RefusalCodes.JsonTooDeep, reader.TokenStartIndex);

            Refuse(RefusalCodes.JsonNotObject, null, text[start..(int)reader.BytesConsumed]);
        }
        else if (_event.Read(ref reader, _place, _sentUs, spareId: null) is { } e)
        {
            Take(e);
        }
        else
        {
            Refuse(_event.Refused!, _event.Fault, text[start..(int)reader.BytesConsumed]);
        }

        _place++;
        return null;
    }

    private void Take(Event e)
    {
        _events.Add(e);
        _indexes.Add(_place);
        if (_event.MadeId && admission.BatchId is null)
            _remarks.Add(new Remark(_place, e.Id, RefusalCodes.IdMade, "id"));
        if (_event.IgnoredIp)
            _remarks.Add(new Remark(_place, e.Id, RefusalCodes.FieldNotAllowed, "context.ip"));
    }

    private void Refuse(RefusalCode reason, string? field, ReadOnlySpan<byte> item)
    {
        var start = _refused.Count < Limits.RefusedBodiesMax ? Masking.Start(item) : "";
        var id = reason == RefusalCodes.JsonNotObject ? null : _event.Id;
        _refused.Add(new Refusal(_place, id, reason, field, start));
    }

    // The envelope's `sent_at` may stand behind the events; they are then timed once more.
    private BodyRefusal? ReadEnvelope(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var (hasEvents, hasSentAt) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = reader.TokenStartIndex;
            var isEvents = FieldReader.IsNamed(reader, "events"u8);
            if (!isEvents && !FieldReader.IsNamed(reader, "sent_at"u8))
                return new BodyRefusal(RefusalCodes.FieldUnknown, at);
            if (isEvents ? hasEvents : hasSentAt)
                return new BodyRefusal(RefusalCodes.DuplicateKey, at);

            (hasEvents, hasSentAt) = (hasEvents || isEvents, hasSentAt || !isEvents);
            reader.Read();
            if (ReadEnvelopeMember(ref reader, text, isEvents) is { } refused)
                return refused;
        }

        return null;
    }

    private BodyRefusal? ReadEnvelopeMember(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> text, bool isEvents)
    {
        if (!isEvents)
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                return new BodyRefusal(RefusalCodes.TypeWrong, reader.TokenStartIndex, "sent_at");

            FieldReader.Time(ref reader, out _sentUs);
            Retime();
            return null;
        }

        return reader.TokenType == JsonTokenType.StartArray
            ? ReadArray(ref reader, text)
            : new BodyRefusal(RefusalCodes.TypeWrong, reader.TokenStartIndex, "events");
    }

    private void Retime()
    {
        for (var i = 0; i < _events.Count && _sentUs is not null; i++)
        {
            var e = _events[i];
            if (e.SentUs is not null || e.OccurredUs is null)
                continue;

            var (timeUs, suspect) = ClockCorrection.Correct(
                e.ReceivedUs, _sentUs, e.OccurredUs);
            _events[i] = e with { SentUs = _sentUs, TimeUs = timeUs, ClockSuspect = suspect };
        }
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
        var reader = new Utf8JsonReader(line, NativeDecoder.Options);
        var before = _events.Count;
        var remarks = _remarks.Count;
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
            if (_events.Count > before)
                TakeBack(before, remarks);

            Refuse(FaultAt(reader).Reason, null, line);
            _place++;
            return null;
        }
    }

    private void TakeBack(int events, int remarks)
    {
        _events.RemoveRange(events, _events.Count - events);
        _indexes.RemoveRange(events, _indexes.Count - events);
        _remarks.RemoveRange(remarks, _remarks.Count - remarks);
        _place--;
    }

    private static BodyRefusal FaultAt(in Utf8JsonReader reader) => new(
        reader.CurrentDepth >= NativeDecoder.Options.MaxDepth
            ? RefusalCodes.JsonTooDeep
            : RefusalCodes.JsonInvalid,
        reader.BytesConsumed);

    // One event in each line: the first line is a whole object, and more follows.
    private static bool IsLines(ReadOnlySpan<byte> text)
    {
        var rest = text.TrimStart(" \t\r\n"u8);
        var end = rest.IndexOf((byte)'\n');
        if (end < 0 || rest[0] != '{' || rest[end..].Trim(" \t\r\n"u8).IsEmpty)
            return false;

        var reader = new Utf8JsonReader(rest[..end], NativeDecoder.Options);
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
            if (!FieldReader.IsNamed(reader, "sent_at"u8))
                return false;

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
