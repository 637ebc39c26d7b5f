using System.Globalization;
using Sojourn.Events;

namespace Sojourn.Server.Paths;

/// <summary>A stretch of time; whole days of a zone where that is what was asked for.</summary>
/// <param name="FromUs">Its first instant, microseconds UTC.</param>
/// <param name="ToUs">The first instant after it.</param>
/// <param name="Zone">The zone of its days.</param>
public sealed record PathPeriod(long FromUs, long ToUs, TimeZoneInfo Zone)
{
    /// <summary>The period just before, as long: as many days where it is of days.</summary>
    public PathPeriod Before
    {
        get
        {
            if (!IsDay(FromUs, Zone) || !IsDay(ToUs, Zone))
                return this with { FromUs = FromUs - (ToUs - FromUs), ToUs = FromUs };

            var (from, to) = (DayOf(FromUs, Zone), DayOf(ToUs, Zone));
            var start = from.AddDays(from.DayNumber - to.DayNumber);
            return this with { FromUs = StartOf(start, Zone), ToUs = FromUs };
        }
    }

    /// <summary>So many days that end with the one an instant is in.</summary>
    public static PathPeriod Days(int days, long nowUs, TimeZoneInfo zone)
    {
        var last = DayOf(nowUs, zone).AddDays(1);
        return new(StartOf(last.AddDays(-days), zone), StartOf(last, zone), zone);
    }

    /// <summary>The day an instant is in.</summary>
    public static DateOnly DayOf(long us, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Micros.ToTime(us), zone).DateTime);

    /// <summary>The first instant of a day; an hour late where the clock jumps over it.</summary>
    public static long StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var start = zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight;
        return Micros.From(new DateTimeOffset(start, zone.GetUtcOffset(start)));
    }

    /// <summary>The day that begins at an instant, 2026-11-21; else the instant.</summary>
    public static string TextOf(long us, TimeZoneInfo zone) => IsDay(us, zone)
        ? DayOf(us, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Micros.ToText(us);

    private static bool IsDay(long us, TimeZoneInfo zone) => StartOf(DayOf(us, zone), zone) == us;
}
