using System.Globalization;
using Sojourn.Events;

namespace Sojourn.Server.Pages;

/// <summary>Numbers, lengths, times and money as people read them.</summary>
internal static class Show
{
    /// <summary>What stands where nothing is known.</summary>
    public const string Nothing = "—";

    private static readonly string[] Months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>A whole number in groups of three: 12,486.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An amount in groups of three; whole amounts without their zeros.</summary>
    public static string Amount(Money money)
    {
        var amount = decimal.Parse(money.Amount, CultureInfo.InvariantCulture);
        var places = amount == decimal.Truncate(amount) && Math.Abs(amount) >= 1000
            ? 0
            : Money.DecimalsOf(money.Currency);
        return amount.ToString("N" + places, CultureInfo.InvariantCulture);
    }

    /// <summary>A length in its two greatest units: 6m 42s, 1h 05m, 0s.</summary>
    public static string Length(long us)
    {
        var length = Micros.ToLength(us);
        return length switch
        {
            { TotalSeconds: < 60 } => $"{(int)length.TotalSeconds}s",
            { TotalMinutes: < 60 } => $"{length.Minutes}m {length.Seconds:00}s",
            { TotalHours: < 24 } => $"{length.Hours}h {length.Minutes:00}m",
            _ => $"{(int)length.TotalDays}d {length.Hours}h",
        };
    }

    /// <summary>How long ago, in the greatest unit: now, 20s, 14m, 3h, 2d.</summary>
    public static string Ago(long us, long nowUs)
    {
        var ago = Micros.ToLength(Math.Max(0, nowUs - us));
        return ago switch
        {
            { TotalSeconds: < 10 } => "now",
            { TotalSeconds: < 60 } => $"{(int)ago.TotalSeconds}s",
            { TotalMinutes: < 60 } => $"{(int)ago.TotalMinutes}m",
            { TotalHours: < 24 } => $"{(int)ago.TotalHours}h",
            _ => $"{(int)ago.TotalDays}d",
        };
    }

    /// <summary>A part of a whole: 0.05%, 12%; &lt;0.01% for less than can be shown.</summary>
    public static string Share(long part, long whole)
    {
        var percent = whole == 0 ? 0m : 100m * part / whole;
        return percent is > 0 and < 0.01m
            ? "<0.01%"
            : percent.ToString(percent < 10 ? "0.##" : "0", CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>So many in so many seconds, as many each second: 38, 0.4.</summary>
    public static string Rate(long count, int seconds)
    {
        var rate = (decimal)count / seconds;
        return rate >= 10 ? Count((long)rate) : rate.ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>Since when: the time of day, with its day unless that is today.</summary>
    public static string Since(long us, long nowUs, TimeZoneInfo zone, Language language)
    {
        var (at, now) = (In(us, zone), In(nowUs, zone));
        return at.Date == now.Date ? $"{at:HH:mm}" : $"{Day(at, language)}, {at:HH:mm}";
    }

    /// <summary>A countdown: 13:02, or 1:05:09 above an hour; 0:00 when it is over.</summary>
    public static string Left(long untilUs, long nowUs)
    {
        var left = Micros.ToLength(Math.Max(0, untilUs - nowUs));
        return left.TotalHours >= 1
            ? $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}"
            : $"{left.Minutes}:{left.Seconds:00}";
    }

    /// <summary>Day, time and seconds in a zone: 21 Nov 2026, 10:52:07.</summary>
    public static string Exact(long us, TimeZoneInfo zone, Language language)
    {
        var at = In(us, zone);
        return $"{Day(at, language)}, {at:HH:mm:ss}";
    }

    /// <summary>The day in a zone: 21 Nov 2026.</summary>
    public static string Day(DateTimeOffset at, Language language) =>
        $"{at.Day} {language[Months[at.Month - 1]]} {at.Year}";

    /// <summary>Time of day in a zone, with seconds: 10:52:07.</summary>
    public static string Clock(long us, TimeZoneInfo zone) =>
        In(us, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The instant on a zone's clocks.</summary>
    public static DateTimeOffset In(long us, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(Micros.ToTime(us), zone);
}
