using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>What an event tells about a person, as a property or within <c>traits</c>.</summary>
public static class Traits
{
    /// <summary>A trait's text, or null when it is not told.</summary>
    public static string? Text(Event e, string name) =>
        e.Properties.Text(name)
        ?? (e.Properties.Get("traits") is { ValueKind: JsonValueKind.Object } traits
            && traits.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null);
}
