using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Sojourn.Ingest;

/// <summary>What every wire format asks of the text of a body.</summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reader options that leave depth to us up to a bound that costs no memory.</summary>
    public static JsonReaderOptions Options { get; } = new() { MaxDepth = 64 };

    /// <summary>Checks that a body is well-formed UTF-8.</summary>
    /// <param name="body">As it came, decompressed.</param>
    /// <param name="start">Where its text begins: behind a byte order mark.</param>
    /// <returns>Why it is refused, or null.</returns>
    public static BodyRefusal? Check(ReadOnlySpan<byte> body, out int start)
    {
        start = body.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        return Utf8.IsValid(body)
            ? null
            : new BodyRefusal(RefusalCodes.JsonInvalid, FirstInvalid(body));
    }

    /// <summary>Why a reader threw, and where.</summary>
    public static BodyRefusal FaultAt(in Utf8JsonReader reader)
    {
        // A reader counts what it has just entered only from the next token on.
        var entered = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
        var isTooDeep = reader.CurrentDepth + (entered ? 1 : 0) >= Options.MaxDepth;
        return new BodyRefusal(
            isTooDeep ? RefusalCodes.JsonTooDeep : RefusalCodes.JsonInvalid,
            reader.BytesConsumed);
    }

    private static long FirstInvalid(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
            at += length;

        return at;
    }
}
