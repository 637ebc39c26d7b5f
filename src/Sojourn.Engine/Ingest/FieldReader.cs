using System.Text;
using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>Reads single values of common fields. JSON null is the same as not sent.</summary>
internal static class FieldReader
{
    /// <summary>
    /// True when the reader stands at a member of this name. The framework's own comparison
    /// throws at lone surrogates.
    /// </summary>
    public static bool IsNamed(in Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped
            ? JsonEscapes.AreSound(reader.ValueSpan) && reader.ValueTextEquals(name)
            : reader.ValueSpan.SequenceEqual(name);

    /// <summary>True when the name the reader stands at is well-formed text.</summary>
    public static bool IsNameSound(in Utf8JsonReader reader) =>
        !reader.ValueIsEscaped || JsonEscapes.AreSound(reader.ValueSpan);

    /// <summary>Reads text of at most so many characters.</summary>
    /// <returns>Why it is refused, or null when it was read.</returns>
    public static RefusalCode? Text(ref Utf8JsonReader reader, int charsMax, out string? text)
    {
        text = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            return RefusalCodes.TypeWrong;

        var raw = reader.ValueSpan;
        if (raw.Length > charsMax * 6)
            return RefusalCodes.TextTooLong;
        if (!reader.ValueIsEscaped)
            text = TextPool.Shared.Get(raw);
        else if (JsonEscapes.AreSound(raw))
            text = reader.GetString();
        else
            return RefusalCodes.BadText;

        return text!.Length <= charsMax ? null : RefusalCodes.TextTooLong;
    }

    /// <summary>Reads an id that need not be interned; a number is taken as its text.</summary>
    public static RefusalCode? Id(ref Utf8JsonReader reader, int charsMax, out string? text)
    {
        text = null;
        if (reader.TokenType is JsonTokenType.Number
            || (reader.TokenType is JsonTokenType.String && !reader.ValueIsEscaped))
        {
            if (reader.ValueSpan.Length > charsMax * 4)
                return RefusalCodes.TextTooLong;

            text = Encoding.UTF8.GetString(reader.ValueSpan);
        }
        else if (Text(ref reader, charsMax, out text) is { } refused)
        {
            return refused;
        }

        if (text is { Length: 0 })
            text = null;

        return text is null || text.Length <= charsMax ? null : RefusalCodes.TextTooLong;
    }

    /// <summary>Reads an address and cuts its secrets out.</summary>
    public static RefusalCode? Url(ref Utf8JsonReader reader, out string? url)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
            && reader.ValueSpan.Length <= Limits.TextBytesMax)
        {
            var cut = UrlSecrets.Cut(reader.ValueSpan);
            url = cut is null
                ? TextPool.Shared.Get(reader.ValueSpan)
                : Encoding.UTF8.GetString(cut);
            return null;
        }

        if (Text(ref reader, Limits.TextBytesMax, out url) is { } refused)
            return refused;

        url = url is null ? null : WithoutSecrets(url);
        return null;
    }

    /// <summary>An address without its secrets.</summary>
    public static string WithoutSecrets(string url) =>
        UrlSecrets.Cut(Encoding.UTF8.GetBytes(url)) is { } cut
            ? Encoding.UTF8.GetString(cut)
            : url;

    /// <summary>Reads a time: RFC 3339, or milliseconds since 1970.</summary>
    /// <returns>False when it is a value that cannot be read as a time.</returns>
    public static bool Time(ref Utf8JsonReader reader, out long? us)
    {
        us = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;

        var found = 0L;
        var known = reader.TokenType switch
        {
            JsonTokenType.String => !reader.ValueIsEscaped
                && Rfc3339.TryParse(reader.ValueSpan, out found),
            JsonTokenType.Number => reader.TryGetInt64(out var millis)
                && Rfc3339.TryFromMillis(millis, out found),
            _ => false,
        };
        us = known ? found : null;
        return known;
    }

    /// <summary>Two letters in upper case, or null when the text is no country code.</summary>
    public static string? Country(string? text) =>
        text is { Length: 2 } && text.All(char.IsAsciiLetter) ? Upper(text) : null;

    /// <summary>The context, or the shared empty one when nothing is known.</summary>
    public static EventContext OrNone(EventContext context) =>
        context == EventContext.None ? EventContext.None : context;

    private static string Upper(string text) =>
        text.All(char.IsAsciiLetterUpper) ? text : text.ToUpperInvariant();
}
