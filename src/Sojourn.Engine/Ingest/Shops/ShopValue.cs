using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sojourn.Ingest.Shops;

/// <summary>
/// A value in a shop's body, whatever it turns out to be: what is not of the sort asked for is
/// not told, and nothing throws.
/// </summary>
internal readonly struct ShopValue(JsonElement value)
{
    private const int AmountCharsMax = 40;
    private const decimal AmountMax = 1_000_000_000_000m;

    /// <summary>A member of an object; one that is absent or JSON null is not told.</summary>
    public ShopValue this[string name] =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member)
            ? new(member)
            : default;

    /// <summary>True when there is a value.</summary>
    public bool IsTold => value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>True for <c>true</c>.</summary>
    public bool IsTrue => value.ValueKind == JsonValueKind.True;

    /// <summary>Text that is not blank, trimmed, or a number's; else null.</summary>
    public string? Text => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text.Trim()
            : null,
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>An amount as it is written, in text or as a number; else null.</summary>
    public string? Amount =>
        Text is { Length: <= AmountCharsMax } text
        && decimal.TryParse(
            text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
        && Math.Abs(amount) < AmountMax
            ? text
            : null;

    /// <summary>Three letters, in upper case; else null.</summary>
    public string? Currency =>
        Text is { Length: 3 } text && text.All(char.IsAsciiLetter)
            ? text.ToUpperInvariant()
            : null;

    /// <summary>A time, microseconds UTC; null when it cannot be read.</summary>
    public long? TimeUs => TimeOf(Text);

    /// <summary>The elements of an array; none for anything else.</summary>
    public IEnumerable<ShopValue> Items =>
        value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(item => new ShopValue(item))
            : [];

    /// <summary>The first element of an array, or the value itself when it is no array.</summary>
    public ShopValue First =>
        value.ValueKind != JsonValueKind.Array ? this
        : value.GetArrayLength() > 0 ? new(value[0])
        : default;

    /// <summary>Reads a time, microseconds UTC; null when it cannot be read.</summary>
    public static long? TimeOf(string? text) =>
        text is not null && Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), out var us)
            ? us
            : null;

    /// <summary>The value that stands under a name in a list of names and values.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nameMember">What the list calls the name: <c>name</c> or <c>key</c>.</param>
    public string? Named(string name, string nameMember) =>
        Items.FirstOrDefault(one => one[nameMember].Text == name)["value"].Text
        ?? this[name].Text;
}
