using System.Text.Json;

namespace Sojourn.Ingest.Mail;

/// <summary>
/// What a Mailgun body says to prove where it comes from; nothing of it is judged.
/// </summary>
/// <param name="Timestamp">Seconds since 1970, as written.</param>
/// <param name="Token">Random text.</param>
/// <param name="Signature">Hex digits of an HMAC over the two.</param>
public sealed record MailgunSignature(string Timestamp, string Token, string Signature)
{
    /// <summary>Finds it in a body; null when there is none that could be judged.</summary>
    /// <param name="body">As it came.</param>
    public static MailgunSignature? In(ReadOnlyMemory<byte> body)
    {
        if (JsonText.Check(body.Span, out var start) is not null)
            return null;

        var members = new JsonObject();
        try
        {
            var text = body[start..];
            var reader = new Utf8JsonReader(text.Span, JsonText.Options);
            reader.Read();
            if (members.Read(ref reader, text) is not null
                || members.Get("signature"u8) is not { } signature
                || members.Read(signature.Value) is not null)
            {
                return null;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return TextOf(members.Get("timestamp"u8)) is { } timestamp
            && TextOf(members.Get("token"u8)) is { } token
            && TextOf(members.Get("signature"u8)) is { } proof
                ? new MailgunSignature(timestamp, token, proof)
                : null;
    }

    // The time has been seen as text and as a number; what is signed is its digits.
    private static string? TextOf(JsonMember? member) =>
        member is { Kind: JsonTokenType.Number } number
            ? System.Text.Encoding.UTF8.GetString(number.Value.Span)
            : member?.Text();
}
