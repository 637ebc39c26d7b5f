using Sojourn.Kinds.Visits;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Lenses.Visits;

/// <summary>What both lists of visits say.</summary>
internal static class VisitWords
{
    /// <summary>The words of intents.</summary>
    public static IReadOnlyDictionary<string, string> Intents { get; } =
        new Dictionary<string, string>
        {
            ["high"] = "High",
            ["research"] = "Research",
            ["low"] = "Low",
            ["none"] = "None",
        };

    /// <summary>The signs of intents, names in <c>icons.svg</c>.</summary>
    public static IReadOnlyDictionary<string, string> IntentIcons { get; } =
        new Dictionary<string, string>
        {
            ["high"] = "intent",
            ["research"] = "book",
            ["low"] = "f-dropped_off",
            ["none"] = "s-ended",
        };

    /// <summary>The words of the channels that ship.</summary>
    public static IReadOnlyDictionary<string, string> Channels { get; } =
        new Dictionary<string, string>
        {
            ["email"] = "E-mail",
            ["paid"] = "Paid",
            ["campaign"] = "Campaign",
            ["search"] = "Search",
            ["social"] = "Social",
            ["referral"] = "Referral",
            ["direct"] = "Direct",
        };

    /// <summary>The words of the levels that ship.</summary>
    public static IReadOnlyDictionary<string, string> Levels { get; } =
        new Dictionary<string, string>
        {
            ["cold"] = "Cold",
            ["warm"] = "Warm",
            ["hot"] = "Hot",
            ["very_hot"] = "Very hot",
            [""] = "No level",
        };

    /// <summary>What stands for a visit without a conversion.</summary>
    public static IReadOnlyDictionary<string, string> Goals { get; } =
        new Dictionary<string, string> { [""] = "No conversion" };

    /// <summary>The steps of a visit with the conversion they end in, each once.</summary>
    public static IReadOnlyList<string> JourneyOf(IReadOnlyList<string> path, string? goal) =>
        goal is null || (path is [var only] && only == goal) ? path : [.. path, goal];

    /// <summary>A word, or what stands for itself.</summary>
    public static string Of(IReadOnlyDictionary<string, string> words, string? value) =>
        words.GetValueOrDefault(value ?? "", value ?? "");

    /// <summary>The statuses of a visit.</summary>
    public static IReadOnlyList<StatusWord> Statuses { get; } =
    [
        new(VisitStatus.Active, "Active", "They may still go on.", ""),
        new(VisitStatus.Ended, "Ended", "Silence as long as the timeout ended it.", "s-ended"),
        new(VisitStatus.Converted, "Converted", "A conversion is in it.", "s-converted"),
    ];
}
