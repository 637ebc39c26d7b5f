using System.Globalization;

namespace Sojourn.Server.Pages.Rules;

/// <summary>How much of the past a preview plays.</summary>
internal static class PreviewDays
{
    /// <summary>What pages offer, with their words; 0 = everything.</summary>
    public static IReadOnlyDictionary<int, string> All { get; } = new Dictionary<int, string>
    {
        [7] = "Last 7 days",
        [30] = "Last 30 days",
        [90] = "Last 90 days",
        [0] = "The whole history",
    };

    /// <summary>What a form asks for; null = everything.</summary>
    public static int? Of(IFormCollection form) =>
        int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            && days > 0 && All.ContainsKey(days)
            ? days
            : null;
}
