using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sojourn.Events.Rules;

/// <summary>
/// The text form of rules: members in snake case, none unknown, words for choices.
/// </summary>
public static class RuleJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    };

    /// <summary>Reads the form of a set; what the values mean is still to be checked.</summary>
    public static bool TryRead<T>(
        string json,
        [NotNullWhen(true)] out T? value,
        [NotNullWhen(false)] out RuleFault? fault)
        where T : class
    {
        (value, fault) = (null, null);
        try
        {
            value = JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException e)
        {
            fault = FaultOf(e);
            return false;
        }

        if (value is null)
            fault = new(RuleFault.Invalid, "", "There are no rules.", "Send a JSON object.");
        return value is not null;
    }

    /// <summary>The text of a set; <see cref="TryRead"/> reads it.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static RuleFault FaultOf(JsonException e)
    {
        var field = e.Path is { Length: > 2 } path ? path[2..] : "";
        return field.EndsWith("points", StringComparison.Ordinal)
            ? new(RuleFault.PointsNotWhole, field, "Points are no whole number.",
                "Use a whole number such as 10 or -20.")
            : new(RuleFault.Invalid, field,
                field.Length == 0 ? "This is no set of rules." : $"{field} is not understood.",
                "Compare names and types with the example in the guide.");
    }
}
