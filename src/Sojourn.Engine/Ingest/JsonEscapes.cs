using System.Buffers.Text;
using System.Globalization;

namespace Sojourn.Ingest;

/// <summary>Finds in JSON text what the parser lets through and some stores cannot hold.</summary>
internal static class JsonEscapes
{
    /// <summary>
    /// True when the escapes of a string, as written between its quotes, make well-formed text
    /// without U+0000. The escapes themselves are already known to be valid JSON.
    /// </summary>
    public static bool AreSound(ReadOnlySpan<byte> raw)
    {
        while (raw.IndexOf((byte)'\\') is >= 0 and var at)
        {
            raw = raw[at..];
            if (raw[1] != 'u')
            {
                raw = raw[2..];
                continue;
            }

            var unit = (char)UnitOf(raw);
            var low = char.IsHighSurrogate(unit) ? UnitOf(raw[6..]) : -1;
            if (unit == 0 || char.IsLowSurrogate(unit)
                || (char.IsHighSurrogate(unit) && (low < 0 || !char.IsLowSurrogate((char)low))))
            {
                return false;
            }

            raw = raw[(low < 0 ? 6 : 12)..];
        }

        return true;
    }

    /// <summary>
    /// Writes text between quotes with the fewest escapes JSON allows, so that equal texts are
    /// equal bytes.
    /// </summary>
    /// <returns>Bytes written; at most six times the text's length.</returns>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var length = 0;
        foreach (var b in text)
        {
            if (b is >= 0x20 and not (byte)'"' and not (byte)'\\')
            {
                destination[length++] = b;
                continue;
            }

            destination[length++] = (byte)'\\';
            var letter = LetterOf(b);
            destination[length++] = letter;
            if (letter == 'u')
            {
                b.TryFormat(
                    destination[length..], out var digits, "x4", CultureInfo.InvariantCulture);
                length += digits;
            }
        }

        return length;
    }

    private static byte LetterOf(byte b) => b switch
    {
        (byte)'"' or (byte)'\\' => b,
        0x08 => (byte)'b',
        0x0C => (byte)'f',
        0x0A => (byte)'n',
        0x0D => (byte)'r',
        0x09 => (byte)'t',
        _ => (byte)'u',
    };

    private static int UnitOf(ReadOnlySpan<byte> escape) =>
        escape.Length >= 6 && escape[0] == '\\' && escape[1] == 'u'
        && Utf8Parser.TryParse(escape[2..6], out int unit, out var read, 'x') && read == 4
            ? unit
            : -1;
}
