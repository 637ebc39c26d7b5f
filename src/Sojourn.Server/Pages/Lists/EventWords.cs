using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Server.Pages.Lists;

/// <summary>What one event says, for people. The text of events is shown, never followed.</summary>
internal static class EventWords
{
    /// <summary>Longest value of a property that is shown, in characters.</summary>
    private const int ValueCharsMax = 500;

    // The property that says most, by preference.
    private static readonly string[] Telling =
        ["field", "form", "product", "title", "url", "topic", "code", "to", "order_id"];

    private static readonly (string Part, string Icon)[] Icons =
    [
        ("page_view", "eye"), ("hidden", "hidden"), ("visible", "eye"), ("email", "mail"),
        ("field", "text"), ("error", "alert"), ("failed", "alert"), ("coupon", "discount"),
        ("order", "check"), ("completed", "check"), ("reservation", "cart"), ("cart", "cart"),
        ("checkout", "form"), ("identify", "user"), ("alias", "merge"), ("chat", "sms"),
        ("click", "cursor"), ("left", "close"), ("released", "close"), ("cancelled", "block"),
    ];

    /// <summary>The sign of an event, a name in <c>icons.svg</c>.</summary>
    public static string IconOf(Event e) =>
        Icons.FirstOrDefault(one => e.Name.Contains(one.Part, StringComparison.Ordinal)).Icon
        ?? "activity";

    /// <summary>What it is about in a few words, or null when it does not say.</summary>
    public static string? Of(Event e)
    {
        foreach (var name in Telling)
        {
            if (e.Properties.Get(name) is { } value && Text(value) is { Length: > 0 } text)
                return text;
        }

        return e.Context.Url;
    }

    /// <summary>Every property and what is known of where it happened.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(Event e)
    {
        using var properties = JsonDocument.Parse(e.Properties.Json);
        foreach (var property in properties.RootElement.EnumerateObject())
            yield return (property.Name, Cut(Visible(property.Value.ToString())));

        (string Name, string? Value)[] context =
        [
            ("page", e.Context.Url), ("referrer", e.Context.Referrer), ("ip", e.Context.Ip),
            ("user agent", e.Context.UserAgent), ("country", e.Context.Country),
            ("locale", e.Context.Locale), ("campaign", e.Context.Campaign?.Name),
            ("campaign source", e.Context.Campaign?.Source),
        ];
        foreach (var (name, value) in context)
        {
            if (value is not null)
                yield return (name, Cut(Visible(value)));
        }
    }

    /// <summary>
    /// Text with its control and direction characters made visible, so that it cannot pose as
    /// something else.
    /// </summary>
    public static string Visible(string text) =>
        text.Any(IsHidden)
            ? string.Concat(text.Select(one =>
                IsHidden(one) ? $"\\u{(int)one:x4}" : one.ToString()))
            : text;

    private static bool IsHidden(char one) =>
        (char.IsControl(one) && one is not ('\n' or '\t'))
        || one is (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e')
            or (>= '\u2066' and <= '\u2069') or '\ufeff';

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Cut(Visible(value.GetString() ?? "")),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Object when value.TryGetProperty("name", out var name) => Text(name),
        _ => null,
    };

    private static string Cut(string text) =>
        text.Length <= ValueCharsMax ? text : text[..ValueCharsMax] + "…";
}
