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

    /// <summary>Reads and checks a set.</summary>
    public static bool TryRead<T>(
        string json,
        [NotNullWhen(true)] out T? value,
        [NotNullWhen(false)] out RuleFault? fault)
        where T : class, IRuleSet
    {
        value = null;
        try
        {
            value = JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException e)
        {
            fault = FaultOf(e);
            return false;
        }

        fault = value is null
            ? new(RuleFault.Invalid, "", "There are no rules.", "Send a JSON object.")
            : value.Fault();
        return fault is null;
    }

    /// <summary>
    /// A project's set. Without one, and when this program cannot read it, the shipped one.
    /// </summary>
    public static T Read<T>(RuleText? saved, T shipped)
        where T : class, IRuleSet =>
        saved is not null && TryRead<T>(saved.Json, out var set, out _) ? set : shipped;

    /// <summary>The set in a file beside its type.</summary>
    internal static T Shipped<T>(string file)
        where T : class, IRuleSet =>
        TryRead<T>(ShippedFile.Beside<T>(file), out var set, out var fault)
            ? set
            : throw new InvalidOperationException($"{file}: {fault.Field}: {fault.Message}");

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
