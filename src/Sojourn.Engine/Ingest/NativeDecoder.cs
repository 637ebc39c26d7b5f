using System.Diagnostics.CodeAnalysis;

namespace Sojourn.Ingest;

/// <summary>
/// Reads bodies in this product's own format: a JSON array of events, one event, an object
/// <c>{"events":[…],"sent_at":…}</c>, or one event in each line. Source: docs/guide/events.md.
/// </summary>
public static class NativeDecoder
{
    /// <summary>
    /// Reads a body, event by event: one that is refused does not stop the others. Bad input is
    /// an ordinary answer, so it never throws. Nothing read refers to the body afterwards.
    /// </summary>
    /// <param name="body">UTF-8, with or without a byte order mark, decompressed.</param>
    /// <param name="admission">What is known about sender and body.</param>
    /// <param name="batch">What the body held, when the result is true.</param>
    /// <param name="refusal">Why nothing was read, when the result is false.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> body,
        Admission admission,
        [NotNullWhen(true)] out DecodedBatch? batch,
        [NotNullWhen(false)] out BodyRefusal? refusal)
    {
        batch = null;
        refusal = JsonText.Check(body.Span, out var start);
        if (refusal is not null)
            return false;

        var reading = new BodyReading(admission);
        refusal = reading.Read(body.Span[start..]);
        if (refusal is { Offset: { } offset })
            refusal = refusal with { Offset = offset + start };

        batch = refusal is null ? reading.ToBatch() : null;
        return batch is not null;
    }
}
