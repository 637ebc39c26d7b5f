using System.Globalization;
using Sojourn.Server.Pages.Lenses.Visits;
using Sojourn.Server.Paths;

namespace Sojourn.Server.Pages.Paths;

/// <summary>Rates, changes and nodes in words.</summary>
internal static class PathWords
{
    /// <summary>A part of a whole with one decimal: 30.2%.</summary>
    public static string Percent(double share) =>
        (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A change of a rate in percentage points: +4.1, −6.8, 0.0.</summary>
    public static string Points(double change)
    {
        var points = Math.Round(change * 100, 1);
        var sign = points > 0 ? "+" : points < 0 ? "−" : "";
        return sign + Math.Abs(points).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>How far a value lies from another, in percent: −48%.</summary>
    public static string Apart(double value, double usual)
    {
        var percent = usual == 0 ? 0 : Math.Round((value - usual) / usual * 100);
        return (percent > 0 ? "+" : percent < 0 ? "−" : "")
            + Math.Abs(percent).ToString("0", CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>What a node of the flows is called.</summary>
    public static string NameOf(FlowNode node, Language language) => node.Kind switch
    {
        FlowKind.Others => language.Format("{0} others", node.Name),
        FlowKind.OtherGoals => language.Format("{0} other conversions", node.Name),
        FlowKind.NoStep => language["No step"],
        FlowKind.Left => language["Left"],
        _ => node.Name,
    };

    /// <summary>What sessions began with, in words.</summary>
    public static string ChannelOf(string name, Language language) => name.Length == 0
        ? language["Unknown"]
        : language[VisitWords.Of(VisitWords.Channels, name)];
}
