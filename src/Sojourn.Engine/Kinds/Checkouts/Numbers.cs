using System.Globalization;
using System.Text.Json;

namespace Sojourn.Kinds.Checkouts;

/// <summary>Reads what forms and shops send as texts and numbers; odd values are null.</summary>
internal static class Numbers
{
    public const NumberStyles Style = NumberStyles.Float;

    /// <summary>Greatest amount that is believed.</summary>
    private const decimal Greatest = 1_000_000_000_000m;

    public static CultureInfo Culture => CultureInfo.InvariantCulture;

    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text : null,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    public static decimal? NumberOf(JsonElement value) =>
        decimal.TryParse(TextOf(value), Style, Culture, out var number)
            && Math.Abs(number) < Greatest
            ? number
            : null;

    public static string? TextOf(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) ? TextOf(value) : null;

    public static decimal? NumberOf(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) ? NumberOf(value) : null;
}
