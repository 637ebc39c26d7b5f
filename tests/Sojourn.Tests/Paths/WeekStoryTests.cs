using Sojourn.Server.Paths;
using Xunit;

namespace Sojourn.Tests.Paths;

/// <summary>Weeks, and the band in which their numbers usually lie.</summary>
public sealed class WeekStoryTests
{
    private static readonly TimeZoneInfo Berlin =
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void A_week_begins_on_Monday_in_the_projects_zone_whatever_its_clock_does()
    {
        // Until Sunday, 29 March 2026, on which clocks there went forward.
        var period = Days("2026-03-23", "2026-03-30");

        var starts = WeekStory.StartsFor(period);

        Assert.Equal(WeekStory.WeeksMin + 1, starts.Count);
        Assert.Equal("2026-03-22T23:00:00.000Z", Sojourn.Events.Micros.ToText(starts[^2]));
        Assert.Equal("2026-03-29T22:00:00.000Z", Sojourn.Events.Micros.ToText(starts[^1]));
    }

    [Fact]
    public void A_longer_period_has_more_weeks_up_to_a_year()
    {
        Assert.Equal(27, WeekStory.StartsFor(Days("2026-01-05", "2026-07-06")).Count);
        Assert.Equal(
            WeekStory.WeeksMax + 1, WeekStory.StartsFor(Days("2024-01-01", "2026-07-06")).Count);
    }

    [Fact]
    public void The_band_reaches_three_median_deviations_to_each_side()
    {
        // Median 5; deviations 1, 0, 1, 5, 2, so their median is 1.
        var band = UsualBand.Of([4, 5, 6, 10, 3])!;

        Assert.Equal((2, 5, 8), (band.Low, band.Median, band.High));
        Assert.Equal([false, true, false, true],
            new double[] { 2, 1.99, 8, 8.01 }.Select(band.IsOutside));
    }

    [Fact]
    public void Four_values_are_too_few_for_a_band() => Assert.Null(UsualBand.Of([1, 2, 3, 4]));

    [Fact]
    public void The_current_week_neither_makes_the_band_nor_is_judged_by_it()
    {
        var story = new WeekStory([.. Weeks(240, 250, 260, 250, 240, 130, 250), Week(9, false)]);

        Assert.Equal([5], Places(story.Duration));
        Assert.Equal(250, story.Duration.Band!.Median);
    }

    [Fact]
    public void A_week_without_sessions_has_no_value()
    {
        var story = new WeekStory([Week(null, true), .. Weeks(4, 4, 4, 4)]);

        Assert.Null(story.Duration.Band);
        Assert.Null(story.Bounces.Values[0]);
    }

    private static List<int> Places(WeekSeries series) =>
        [.. Enumerable.Range(0, series.Outside.Count).Where(place => series.Outside[place])];

    private static IEnumerable<EngagementWeek> Weeks(params long[] durations) =>
        durations.Select(us => Week(us, true));

    private static EngagementWeek Week(long? us, bool isOver) => new(
        0, 1, isOver, new(us is null ? 0 : 10, []), new(0, []), us, us);

    private static PathPeriod Days(string from, string to) => new(
        PathPeriod.StartOf(DateOnly.Parse(from), Berlin),
        PathPeriod.StartOf(DateOnly.Parse(to), Berlin),
        Berlin);
}
