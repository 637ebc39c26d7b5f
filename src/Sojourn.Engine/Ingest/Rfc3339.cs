namespace Sojourn.Ingest;

/// <summary>Reads times. Source: RFC 3339; a time without an offset is taken as UTC.</summary>
internal static class Rfc3339
{
    private const long MillisMax = 253_402_300_799_999; // The end of year 9999.
    private const long MillisMin = -62_135_596_800_000; // The start of year 1.

    /// <summary>Reads <c>2026-11-21T08:15:30.250Z</c>; parts below a microsecond are cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long us)
    {
        us = 0;
        if (text.Length < 19
            || !TryDigits(text, 0, 4, out var year) || text[4] != '-'
            || !TryDigits(text, 5, 2, out var month) || text[7] != '-'
            || !TryDigits(text, 8, 2, out var day) || !"Tt "u8.Contains(text[10])
            || !TryDigits(text, 11, 2, out var hour) || text[13] != ':'
            || !TryDigits(text, 14, 2, out var minute) || text[16] != ':'
            || !TryDigits(text, 17, 2, out var second)
            || year < 1 || month is < 1 or > 12
            || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59
            || !TryFraction(text[19..], out var fractionUs, out var fractionLength)
            || !TryOffset(text[(19 + fractionLength)..], out var offsetMinutes))
        {
            return false;
        }

        var days = new DateOnly(year, month, day).DayNumber - DateOnly.FromDateTime(
            DateTime.UnixEpoch).DayNumber;
        var seconds = (((days * 24L) + hour) * 60 + minute - offsetMinutes) * 60 + second;
        us = seconds * 1_000_000 + fractionUs;
        return IsInRange(us / 1000);
    }

    /// <summary>Takes milliseconds since 1970; false when no date has them.</summary>
    public static bool TryFromMillis(long millis, out long us)
    {
        var inRange = IsInRange(millis);
        us = inRange ? millis * 1000 : 0;
        return inRange;
    }

    private static bool IsInRange(long millis) => millis is >= MillisMin and <= MillisMax;

    private static bool TryFraction(ReadOnlySpan<byte> text, out long us, out int length)
    {
        us = 0;
        length = 0;
        if (text.IsEmpty || text[0] != '.')
            return true;

        var place = 100_000;
        for (length = 1; length < text.Length && char.IsAsciiDigit((char)text[length]); length++)
        {
            us += (text[length] - '0') * place;
            place /= 10;
        }

        return length > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
            return text.Length <= 1;

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryDigits(text, 1, 2, out var hours) || !TryDigits(text, 4, 2, out var rest)
            || hours > 23 || rest > 59)
        {
            return false;
        }

        minutes = (hours * 60 + rest) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, int from, int count, out int number)
    {
        number = 0;
        foreach (var b in text.Slice(from, count))
        {
            if (!char.IsAsciiDigit((char)b))
                return false;

            number = number * 10 + (b - '0');
        }

        return true;
    }
}
