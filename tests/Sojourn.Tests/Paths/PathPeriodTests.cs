using Sojourn.Events;
using Sojourn.Server.Paths;
using Xunit;

namespace Sojourn.Tests.Paths;

/// <summary>Periods of whole days, and the one before.</summary>
public sealed class PathPeriodTests
{
    private static readonly TimeZoneInfo Berlin =
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly long NowUs =
        Micros.From(new DateTimeOffset(2026, 4, 1, 10, 30, 0, TimeSpan.Zero));

    [Fact]
    public void The_last_days_include_today()
    {
        var period = PathPeriod.Days(7, NowUs, Berlin);

        Assert.Equal("2026-03-26 2026-04-02", Text(period));
    }

    [Fact]
    public void The_period_before_has_as_many_days_though_not_as_many_hours()
    {
        var before = PathPeriod.Days(7, NowUs, Berlin).Before;

        Assert.Equal("2026-03-19 2026-03-26", Text(before));
        Assert.Equal("2026-03-26 2026-04-02", Text(
            PathPeriod.Days(7, NowUs, Berlin)));
    }

    [Fact]
    public void A_period_of_hours_is_preceded_by_as_many_hours()
    {
        var period = new PathPeriod(NowUs, NowUs + 3_600_000_000, Berlin);

        Assert.Equal(NowUs - 3_600_000_000, period.Before.FromUs);
        Assert.Equal("2026-04-01T10:30:00.000Z", PathPeriod.TextOf(NowUs, Berlin));
    }

    private static string Text(PathPeriod period) =>
        $"{PathPeriod.TextOf(period.FromUs, Berlin)} {PathPeriod.TextOf(period.ToUs, Berlin)}";
}
