using System.Text;
using System.Text.RegularExpressions;

namespace Sojourn.Ingest;

/// <summary>Hides what tells who somebody is, in texts that are kept for debugging.</summary>
internal static partial class Masking
{
    private const int CardDigitsMin = 14;
    private const int CardDigitsMax = 19;

    /// <summary>
    /// How a refused text begins, at most <see cref="Limits.RefusedCharsMax"/> characters, with
    /// e-mail addresses and long digit groups (phones, cards) masked.
    /// </summary>
    public static string Start(ReadOnlySpan<byte> utf8)
    {
        var bytes = utf8[..Math.Min(utf8.Length, Limits.RefusedCharsMax)];
        return Hide(Encoding.UTF8.GetString(bytes).Replace('\0', '\uFFFD'));
    }

    /// <summary>A text with e-mail addresses and long digit groups masked.</summary>
    public static string Hide(string text) =>
        Numbers().Replace(Emails().Replace(text, "***@***"), "***");

    /// <summary>True for a card number of 14 to 19 digits. Source: ISO/IEC 7812.</summary>
    public static bool IsCardNumber(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is < CardDigitsMin or > CardDigitsMax
            || digits[0] is < (byte)'3' or > (byte)'6')
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (digit is < 0 or > 9)
                return false;

            var doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            sum += i % 2 == 0 ? digit : doubled;
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex(@"[^\s""'<>:,;]{1,64}(@|%40)[^\s""'<>:,;]{1,255}")]
    private static partial Regex Emails();

    // Seven digits or more, with the marks people put between them. Days are nobody's number.
    [GeneratedRegex(@"(?<!\d)\+?(?!\d{4}-\d{2}-\d{2}(?!\d))\d(?:[ .()\-]{0,2}\d){6,}")]
    private static partial Regex Numbers();
}
