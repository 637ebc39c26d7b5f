using System.Buffers;
using System.Globalization;

namespace Sojourn.Server.Api;

/// <summary>
/// Writes cells that every reader takes apart the same way and no spreadsheet runs: quoted as
/// RFC 4180 says, and with an apostrophe before what a spreadsheet would take for a formula.
/// </summary>
internal static class Csv
{
    private const string RowEnd = "\r\n";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n");

    // What OWASP lists as the beginnings of formulas. NUL never reaches us.
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r");

    /// <summary>Writes one row.</summary>
    public static void WriteRow(TextWriter to, params ReadOnlySpan<string?> cells)
    {
        for (var place = 0; place < cells.Length; place++)
        {
            if (place > 0)
                to.Write(',');
            WriteCell(to, cells[place] ?? "");
        }

        to.Write(RowEnd);
    }

    private static void WriteCell(TextWriter to, string text)
    {
        if (text.Length > 0 && Formula.Contains(text[0]) && !IsNumber(text))
            text = "'" + text;
        if (text.AsSpan().IndexOfAny(Quoted) < 0)
            to.Write(text);
        else
            to.Write($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    // A plain negative number is a number in every spreadsheet, and runs nothing.
    private static bool IsNumber(string text) =>
        text[0] == '-' && decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out _);
}
