using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sojourn.Ingest.Segment;

/// <summary>
/// A body of Segment's HTTP API whose syntax has been checked. Its messages are decoded in a
/// second step, because the key that says who is believed may stand in the body itself. Refers
/// to the body's bytes.
/// </summary>
public sealed class SegmentBody
{
    private readonly SegmentType? _type;
    private readonly SegmentContext _context = new();
    private readonly List<ReadOnlyMemory<byte>> _messages = [];
    private string? _writeKey;
    private string? _id;
    private long? _sentUs;

    private SegmentBody(SegmentType? type) => _type = type;

    /// <summary>Checks a body. Bad input is an ordinary answer, so it never throws.</summary>
    /// <param name="body">UTF-8, with or without a byte order mark, decompressed.</param>
    /// <param name="type">
    /// The type of the one message that the body is; null when it is an envelope of many.
    /// </param>
    /// <param name="read">What the body holds, when the result is true.</param>
    /// <param name="refusal">Why nothing is taken, when the result is false.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        SegmentType? type,
        [NotNullWhen(true)] out SegmentBody? read,
        [NotNullWhen(false)] out BodyRefusal? refusal)
    {
        var found = new SegmentBody(type);
        refusal = JsonText.Check(body.Span, out var start) ?? found.Read(body[start..]);
        if (refusal is { Offset: { } offset })
            refusal = refusal with { Offset = offset + start };

        read = refusal is null ? found : null;
        return read is not null;
    }

    /// <summary>
    /// Finds the key that the body carries: the envelope's, else the messages'. Null when it
    /// carries none.
    /// </summary>
    /// <returns>Why the body is refused, or null.</returns>
    public BodyRefusal? FindKey(out string? key)
    {
        key = _writeKey;
        if (key is not null)
            return null;

        var members = new JsonObject();
        foreach (var message in _messages)
        {
            if (members.Read(message) is not null || KeyIn(members) is not { } own)
                continue;
            if (key is not null && key != own)
                return new BodyRefusal(RefusalCodes.KeysDiffer, Field: "writeKey");

            key = own;
        }

        return null;
    }

    /// <summary>
    /// Decodes the messages one by one: one that is refused does not stop the others. Nothing
    /// decoded refers to the body.
    /// </summary>
    /// <param name="admission">What is known about sender and body.</param>
    /// <param name="batch">What the body held, when the result is true.</param>
    /// <param name="refusal">Why nothing is taken, when the result is false.</param>
    public bool TryDecode(
        Admission admission,
        [NotNullWhen(true)] out DecodedBatch? batch,
        [NotNullWhen(false)] out BodyRefusal? refusal)
    {
        batch = null;
        var draft = new BatchDraft(admission with { BatchId = _id ?? admission.BatchId });
        var message = new SegmentMessage(_context);
        var written = 0L;
        foreach (var sent in _messages)
        {
            written += Decode(sent, message, draft);
            // A context shared by many small messages unpacks like a compressed body.
            if (written > Limits.BodyBytesMax)
            {
                refusal = new BodyRefusal(RefusalCodes.DecompressedTooLarge);
                return false;
            }
        }

        refusal = null;
        batch = draft.ToBatch();
        return true;
    }

    // Traits stand one level deeper in our events than in a message.
    private static JsonReaderOptions Deeper { get; } =
        new() { MaxDepth = JsonText.Options.MaxDepth + 1 };

    // Gives how many bytes the message became.
    private int Decode(ReadOnlyMemory<byte> sent, SegmentMessage message, BatchDraft draft)
    {
        if (sent.Span[0] != '{')
        {
            draft.Refuse(RefusalCodes.JsonNotObject, null, null, sent.Span);
            return 0;
        }

        if (message.Rewrite(sent, _type) is { } refused)
        {
            draft.Refuse(refused, message.Id, message.Fault, sent.Span, message.Name);
            return 0;
        }

        var reader = new Utf8JsonReader(message.Event, Deeper);
        reader.Read();
        if (!draft.TryTake(ref reader, _sentUs))
            draft.RefuseRead(sent.Span, SegmentMessage.FieldOf);

        return message.Event.Length;
    }

    private BodyRefusal? Read(ReadOnlyMemory<byte> text)
    {
        var reader = new Utf8JsonReader(text.Span, JsonText.Options);
        try
        {
            reader.Read();
            var refused = reader.TokenType == JsonTokenType.StartObject && _type is null
                ? ReadEnvelope(ref reader, text)
                : ReadMessage(ref reader, text);
            if (refused is null)
                reader.Read(); // Throws when anything follows.

            return refused;
        }
        catch (JsonException)
        {
            return JsonText.FaultAt(reader);
        }
    }

    private BodyRefusal? ReadMessage(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        _messages.Add(text[start..(int)reader.BytesConsumed]);
        return isObject ? null : new BodyRefusal(RefusalCodes.JsonNotObject, start);
    }

    private BodyRefusal? ReadEnvelope(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        var envelope = new JsonObject();
        if (envelope.Read(ref reader, text) is { } refused)
            return new BodyRefusal(refused, Field: envelope.Twice);
        if (_context.Read(envelope.Get("context"u8), null) is { } refusedContext)
            return new BodyRefusal(refusedContext, Field: _context.Fault);
        if (envelope.Get("batch"u8) is not { } batch)
            return new BodyRefusal(RefusalCodes.NoEvents, Field: "batch");

        _writeKey = KeyIn(envelope);
        _id = IdIn(envelope);
        _sentUs = TimeIn(envelope);
        return ReadMessages(batch.Value);
    }

    private BodyRefusal? ReadMessages(ReadOnlyMemory<byte> batch)
    {
        var reader = new Utf8JsonReader(batch.Span, JsonText.Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            return new BodyRefusal(RefusalCodes.TypeWrong, Field: "batch");

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_messages.Count == Limits.BatchEventsMax)
                return new BodyRefusal(RefusalCodes.TooManyEvents, Field: "batch");

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            _messages.Add(batch[start..(int)reader.BytesConsumed]);
        }

        return null;
    }

    private static string? KeyIn(JsonObject members) =>
        members.GetText("writeKey"u8)?.Text() is { Length: > 0 } key ? key : null;

    // Only Go names its batches; all of its messages have ids of their own as well.
    private static string? IdIn(JsonObject envelope) =>
        envelope.GetText("messageId"u8)?.Text() is { Length: <= Admission.BatchIdCharsMax } id
            && EventIds.IsUsable(id) ? id : null;

    private static long? TimeIn(JsonObject envelope)
    {
        if (envelope.Get("sentAt"u8) is not { } sentAt)
            return null;

        var reader = new Utf8JsonReader(sentAt.Value.Span);
        reader.Read();
        FieldReader.Time(ref reader, out var us);
        return us;
    }
}
