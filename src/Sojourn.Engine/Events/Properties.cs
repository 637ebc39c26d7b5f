using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sojourn.Events;

/// <summary>
/// What an event says beyond the common fields: one JSON object, kept as compact UTF-8 text in
/// the order it was sent. Immutable; equal when the text is equal.
/// </summary>
public sealed class Properties : IEquatable<Properties>
{
    private readonly ReadOnlyMemory<byte> _json;

    private Properties(ReadOnlyMemory<byte> json) => _json = json;

    /// <summary>No properties: <c>{}</c>.</summary>
    public static Properties Empty { get; } = new("{}"u8.ToArray());

    /// <summary>The object's text.</summary>
    public ReadOnlyMemory<byte> Json => _json;

    /// <summary>True when there are none.</summary>
    public bool IsEmpty => _json.Length <= 2;

    /// <summary>
    /// Takes the text as it is; the caller has checked that it is one JSON object.
    /// </summary>
    public static Properties FromJson(ReadOnlyMemory<byte> checkedObject) =>
        checkedObject.Length <= 2 ? Empty : new Properties(checkedObject);

    /// <summary>
    /// Takes the text as it is; the caller has checked that it is one JSON object.
    /// </summary>
    public static Properties FromJson(string checkedObject) =>
        FromJson(Encoding.UTF8.GetBytes(checkedObject));

    /// <summary>
    /// The value of a top-level property, or null when it is absent or JSON null.
    /// </summary>
    public JsonElement? Get(string name)
    {
        if (!Mentions(name))
            return null;

        var reader = new Utf8JsonReader(_json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return reader.TokenType == JsonTokenType.Null
                    ? null
                    : JsonElement.ParseValue(ref reader);
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>The text of a string or number property; null for anything else.</summary>
    public string? Text(string name) => Get(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    /// <summary>
    /// A number, or text that is one (invariant culture); null for anything else.
    /// </summary>
    public decimal? Number(string name) =>
        decimal.TryParse(
            Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A truth value, also as the text <c>true</c>; null for anything else.</summary>
    public bool? Flag(string name) => Get(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
        _ => null,
    };

    /// <inheritdoc/>
    public bool Equals(Properties? other) =>
        other is not null && _json.Span.SequenceEqual(other._json.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Properties);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_json.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(_json.Span);

    // Most events lack most properties; a vectorised search answers "no" without parsing.
    // Names may be escaped in the text, so a backslash sends us to the parser.
    private bool Mentions(string name)
    {
        Span<byte> needle = stackalloc byte[256];
        return !IsEmpty
            && (!Encoding.UTF8.TryGetBytes(name, needle, out var length)
                || _json.Span.IndexOf(needle[..length]) >= 0
                || _json.Span.Contains((byte)'\\'));
    }
}
