using System.Globalization;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Queries;

/// <summary>The values of parameters as text.</summary>
internal static class QueryText
{
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>RFC 3339 with its offset; a time without one could mean any zone.</summary>
    public static bool TryTime(string text, out long us)
    {
        us = 0;
        var hasOffset = text.Length > 10
            && (text[^1] is 'Z' or 'z' || text.AsSpan(10).IndexOfAny("+-") >= 0);
        if (!hasOffset || !DateTimeOffset.TryParseExact(
                text.ToUpperInvariant(), TimeFormats, CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var time))
        {
            return false;
        }

        us = Micros.From(time);
        return true;
    }

    public static QueryFault NoTime(string name) => new(
        name, "This is no time.",
        "Use RFC 3339 with an offset, e.g. 2026-11-21T08:15:30Z (a + is written %2B).");

    public static bool TryView(string text, out SuppressedView view)
    {
        (var known, view) = text switch
        {
            "hide" => (true, SuppressedView.Hide),
            "only" => (true, SuppressedView.Only),
            "all" => (true, SuppressedView.All),
            _ => (false, default),
        };
        return known;
    }

    public static QueryFault NoView(string name) =>
        new(name, "There is no such view.", "Use hide, only or all.");

    public static bool TryLimit(string text, int max, out int limit) =>
        TryWhole(text, out limit) && limit >= 1 && limit <= max;

    public static QueryFault NoLimit(string name) => new(
        name, "The limit is out of range.", $"Use 1 to {SessionQuery.LimitMax}.");

    public static bool TryWhole(string text, out int number) => int.TryParse(
        text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>A bound of a field: number, time, duration or amount, as it has.</summary>
    public static bool TryBound(Field field, string currency, string text, out long bound)
    {
        if (field == CommonFields.Duration)
            return DurationText.TryParse(text, out bound);

        switch (field.Type)
        {
            case FieldType.Time:
                return TryTime(text, out bound);
            case FieldType.Money:
                var money = decimal.TryParse(
                    text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture, out var amount)
                    ? Money.From(amount, currency)
                    : null;
                bound = money?.MinorUnits ?? 0;
                return money is not null;
            default:
                return long.TryParse(
                    text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out bound);
        }
    }

    public static QueryFault NoBound(Field field, string name) =>
        field == CommonFields.Duration
            ? new(name, "This is no duration.", "Use e.g. 30m, 1h30m, 90s or PT30M.")
        : field.Type switch
        {
            FieldType.Time => NoTime(name),
            FieldType.Money => new(name, "This is no amount.", "Use a decimal, e.g. 49.95."),
            _ => new(name, "This is no whole number.", "Use digits, e.g. 3."),
        };

    public static QueryFault Unknown(string name, IEnumerable<string> known) => new(
        name, "There is no such parameter here.", $"Use {string.Join(", ", known)}.");
}
