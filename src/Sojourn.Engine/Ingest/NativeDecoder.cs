using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace Sojourn.Ingest;

/// <summary>
/// Reads bodies in this product's own format: a JSON array of events, one event, an object
/// <c>{"events":[…],"sent_at":…}</c>, or one event in each line. Source: docs/guide/events.md.
/// </summary>
public static class NativeDecoder
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

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
        var text = body.Span;
        if (!Utf8.IsValid(text))
        {
            batch = null;
            refusal = new BodyRefusal(RefusalCodes.JsonInvalid, FirstInvalid(text));
            return false;
        }

        var skipped = text.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        var reading = new BodyReading(admission);
        refusal = reading.Read(text[skipped..]);
        if (refusal is { Offset: { } offset })
            refusal = refusal with { Offset = offset + skipped };

        batch = refusal is null ? reading.ToBatch() : null;
        return batch is not null;
    }

    /// <summary>Reader options that leave depth to us up to a bound that costs no memory.</summary>
    internal static JsonReaderOptions Options { get; } = new() { MaxDepth = 64 };

    private static long FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(text[at..], out _, out var length)
            == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
