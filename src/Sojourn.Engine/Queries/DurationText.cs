using System.Buffers;
using System.Globalization;
using Sojourn.Events;

namespace Sojourn.Queries;

/// <summary>
/// Lengths of time as people write them: <c>30m</c>, <c>1h30m</c>, <c>90s</c>,
/// <c>1800.000001s</c>, and ISO 8601 such as <c>PT30M</c> or <c>P1DT12H</c>.
/// </summary>
public static class DurationText
{
    // Longest first: each unit is used at most once, and only after longer ones.
    private const string Units = "dhms";

    // The largest length there is; sums stay far inside a long.
    private const decimal UsMax = 36_500m * 86_400m * 1_000_000m;

    private static readonly SearchValues<char> NumberChars =
        SearchValues.Create("0123456789.");

    private static readonly decimal[] UnitUs =
        [86_400_000_000m, 3_600_000_000m, 60_000_000m, 1_000_000m];

    /// <summary>Reads a length, to the microsecond; false for any other text.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="us">The length in microseconds, never negative.</param>
    public static bool TryParse(string? text, out long us)
    {
        us = 0;
        if (string.IsNullOrEmpty(text))
            return false;

        return text[0] is 'P' or 'p'
            ? TryParseIso(text.AsSpan(1), out us)
            : TryParseParts(text, Units, out us);
    }

    /// <summary>The shortest way to write a length, e.g. <c>1h30m</c> or <c>0s</c>.</summary>
    public static string Of(TimeSpan length)
    {
        var rest = (decimal)Micros.From(length);
        if (rest == 0)
            return "0s";

        var text = "";
        for (var unit = 0; unit < Units.Length - 1; unit++)
        {
            var whole = decimal.Floor(rest / UnitUs[unit]);
            rest -= whole * UnitUs[unit];
            if (whole > 0)
                text += string.Create(CultureInfo.InvariantCulture, $"{whole}{Units[unit]}");
        }

        return rest == 0
            ? text
            : text + (rest / UnitUs[^1]).ToString("0.######", CultureInfo.InvariantCulture) + "s";
    }

    private static bool TryParseIso(ReadOnlySpan<char> text, out long us)
    {
        us = 0;
        var time = text.IndexOfAny('T', 't');
        var days = time < 0 ? text : text[..time];
        if (days.IsEmpty && time < 0)
            return false;
        if (!days.IsEmpty && !TryParseParts(days, "d", out us))
            return false;
        if (time < 0)
            return true;
        if (!TryParseParts(text[(time + 1)..], "hms", out var timeUs))
            return false;

        us += timeUs;
        return true;
    }

    private static bool TryParseParts(ReadOnlySpan<char> text, string allowed, out long us)
    {
        us = 0;
        var sum = 0m;
        var last = -1;
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAnyExcept(NumberChars);
            if (end <= 0
                || allowed.IndexOf(char.ToLowerInvariant(text[end])) is var at && at <= last
                || !TryNumber(text[..end], isLast: end == text.Length - 1, out var number))
            {
                return false;
            }

            last = at;
            sum += number * UnitUs[Units.IndexOf(allowed[at])];
            if (sum > UsMax)
                return false;

            text = text[(end + 1)..];
        }

        us = (long)sum;
        return last >= 0 && us == sum;
    }

    // Only the last part may have a fraction: "1.5h30m" is more likely a slip than meant.
    private static bool TryNumber(ReadOnlySpan<char> digits, bool isLast, out decimal number)
    {
        number = 0;
        return digits.Length <= 18
            && char.IsAsciiDigit(digits[0]) && char.IsAsciiDigit(digits[^1])
            && (isLast || !digits.Contains('.'))
            && decimal.TryParse(
                digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
