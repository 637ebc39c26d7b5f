using System.Globalization;

namespace Sojourn.Events;

/// <summary>Times and durations as microseconds: UTC since 1970 inside, RFC 3339 outside.</summary>
public static class Micros
{
    /// <summary>Microseconds since 1970, UTC; parts below a microsecond are cut off.</summary>
    public static long From(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Length in microseconds; parts below are cut off.</summary>
    public static long From(TimeSpan length) => length.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant, in UTC.</summary>
    public static DateTimeOffset ToTime(long us) =>
        DateTimeOffset.UnixEpoch.AddTicks(us * TimeSpan.TicksPerMicrosecond);

    /// <summary>The length.</summary>
    public static TimeSpan ToLength(long us) => new(us * TimeSpan.TicksPerMicrosecond);

    /// <summary>
    /// RFC 3339 in UTC, e.g. <c>2026-11-21T08:15:30.250Z</c>: milliseconds always, microseconds
    /// only where they are not zero. Sorts as text within one precision.
    /// </summary>
    public static string ToText(long us) => ToTime(us).UtcDateTime.ToString(
        us % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
        CultureInfo.InvariantCulture);

    /// <summary>Our clock's time now, microseconds UTC.</summary>
    public static long NowUs(this TimeProvider clock) => From(clock.GetUtcNow());
}
