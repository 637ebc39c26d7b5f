using System.Globalization;
using Sojourn.Events;

namespace Sojourn.Server.Pages;

/// <summary>Days as people write them: 2026-11-21.</summary>
internal static class DayText
{
    /// <summary>
    /// The instant a day begins in a zone, RFC 3339; any other text as it is, for whoever reads
    /// instants.
    /// </summary>
    public static string InFull(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return text;
        }

        // A clock that jumps over midnight starts the day an hour later.
        var start = zone.IsInvalidTime(day) ? day.AddHours(1) : day;
        return Micros.ToText(Micros.From(new DateTimeOffset(start, zone.GetUtcOffset(start))));
    }
}
