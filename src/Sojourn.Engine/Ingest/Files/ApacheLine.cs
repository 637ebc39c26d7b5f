using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sojourn.Ingest.Files;

/// <summary>One line of a web server's log.</summary>
/// <param name="Client">The client's address, or its name where the server looked it up.</param>
/// <param name="TimeMs">Milliseconds since 1970.</param>
/// <param name="Method">The request's method; null when the request was none of HTTP.</param>
/// <param name="Path">What was asked for; the whole request when it was none of HTTP.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Bytes">The answer's size; null when there was no body.</param>
/// <param name="Referrer">The page before, or null.</param>
/// <param name="UserAgent">The client's own name, or null.</param>
internal sealed record ApacheLine(
    string Client,
    long TimeMs,
    string? Method,
    string Path,
    int Status,
    long? Bytes,
    string? Referrer,
    string? UserAgent)
{
    private const string TimeFormat = "dd/MMM/yyyy:HH:mm:ss zzz";

    /// <summary>
    /// Reads a line. Referrer and user agent may be missing, and the last quoted part may be cut
    /// short by the end of the line.
    /// </summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out ApacheLine? parsed)
    {
        parsed = null;
        var rest = line.AsSpan();
        var client = Word(ref rest);
        Word(ref rest); // Identity, hardly ever known.
        Word(ref rest); // User of HTTP authentication.
        if (client.IsEmpty || !TryTime(ref rest, out var timeMs)
            || Quoted(ref rest) is not { } request
            || !int.TryParse(
                Word(ref rest), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            || !TryBytes(Word(ref rest), out var bytes))
        {
            return false;
        }

        var (method, path) = Split(request);
        parsed = new ApacheLine(
            client.ToString(), timeMs, method, path, status, bytes,
            OrNull(Quoted(ref rest)), OrNull(Quoted(ref rest)));
        return true;
    }

    private static ReadOnlySpan<char> Word(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(' ');
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return word;
    }

    private static bool TryTime(ref ReadOnlySpan<char> rest, out long timeMs)
    {
        timeMs = 0;
        var end = rest.IndexOf(']');
        if (end < 1 || rest[0] != '[' || !DateTimeOffset.TryParseExact(
            rest[1..end], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var time))
        {
            return false;
        }

        timeMs = time.ToUnixTimeMilliseconds();
        rest = rest[(end + 1)..].TrimStart(' ');
        return true;
    }

    private static string? Quoted(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '"')
            return null;

        var end = 1;
        while (end < rest.Length && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;

        var text = rest[1..Math.Min(end, rest.Length)];
        rest = end + 1 >= rest.Length ? default : rest[(end + 1)..].TrimStart(' ');
        return text.Contains('\\') ? Unescaped(text) : text.ToString();
    }

    // The server writes \" and \\; other escapes, such as \x16, stay as they were written.
    private static string Unescaped(ReadOnlySpan<char> text) =>
        text.ToString().Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("\\\\", "\\", StringComparison.Ordinal);

    private static bool TryBytes(ReadOnlySpan<char> word, out long? bytes)
    {
        bytes = null;
        if (word is "-")
            return true;

        var known = long.TryParse(
            word, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        bytes = known ? number : null;
        return known;
    }

    private static (string? Method, string Path) Split(string request)
    {
        var parts = request.Split(' ');
        return parts.Length >= 2 && parts[0].Length > 0 && parts[0].All(char.IsAsciiLetterUpper)
            ? (parts[0], parts[1])
            : (null, request);
    }

    private static string? OrNull(string? text) => text is null or "" or "-" ? null : text;
}
