namespace Sojourn.Server.Paths;

/// <summary>How engaged people were in one week.</summary>
/// <param name="FromUs">Its Monday's first instant in the project's zone.</param>
/// <param name="ToUs">The next Monday's.</param>
/// <param name="IsOver">False while it goes on; its numbers will change.</param>
/// <param name="Sessions">The sessions that started in it.</param>
/// <param name="Bounced">Those with one event at most.</param>
/// <param name="DurationUs">Lower median of their length; null without sessions.</param>
/// <param name="Events">Lower median of their events; null without sessions.</param>
public sealed record EngagementWeek(
    long FromUs,
    long ToUs,
    bool IsOver,
    Figure Sessions,
    Figure Bounced,
    long? DurationUs,
    long? Events)
{
    /// <summary>The part of sessions with one event at most, 0 to 1; null without any.</summary>
    public double? BounceShare =>
        Sessions.Count == 0 ? null : (double)Bounced.Count / Sessions.Count;
}

/// <summary>One number week by week, with the band it usually lies in.</summary>
/// <param name="Values">One for each week; null where it is not known.</param>
/// <param name="Band">Of the weeks that are over; null when they are too few.</param>
/// <param name="Outside">For each week whether it is over and lies outside.</param>
public sealed record WeekSeries(
    IReadOnlyList<double?> Values, UsualBand? Band, IReadOnlyList<bool> Outside);

/// <summary>Engagement week by week.</summary>
/// <param name="Weeks">Without gaps, the first first; empty when there are no sessions.</param>
public sealed record WeekStory(IReadOnlyList<EngagementWeek> Weeks)
{
    /// <summary>Weeks told at least, where there are sessions so old.</summary>
    public const int WeeksMin = 16;

    /// <summary>Weeks told at most.</summary>
    public const int WeeksMax = 53;

    /// <summary>Median length.</summary>
    public WeekSeries Duration => SeriesOf(week => week.DurationUs);

    /// <summary>Median events.</summary>
    public WeekSeries Events => SeriesOf(week => week.Events);

    /// <summary>The part of sessions with one event at most.</summary>
    public WeekSeries Bounces => SeriesOf(week => week.BounceShare);

    /// <summary>
    /// The first instants of the weeks that are told for a period, and that after the last one.
    /// </summary>
    public static IReadOnlyList<long> StartsFor(PathPeriod period)
    {
        var last = MondayOf(PathPeriod.DayOf(period.ToUs - 1, period.Zone));
        var first = MondayOf(PathPeriod.DayOf(period.FromUs, period.Zone));
        var weeks = Math.Clamp((last.DayNumber - first.DayNumber) / 7 + 1, WeeksMin, WeeksMax);
        return
        [
            .. from week in Enumerable.Range(0, weeks + 1)
               select PathPeriod.StartOf(last.AddDays(7 * (week - weeks + 1)), period.Zone),
        ];
    }

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private WeekSeries SeriesOf(Func<EngagementWeek, double?> number)
    {
        var values = Weeks.Select(number).ToList();
        var band = UsualBand.Of(
        [
            .. from place in Enumerable.Range(0, Weeks.Count)
               where Weeks[place].IsOver
               select values[place] into value
               where value is not null
               select value.Value,
        ]);
        return new(
            values,
            band,
            [
                .. Weeks.Select((week, place) => week.IsOver
                    && values[place] is { } value && band?.IsOutside(value) == true),
            ]);
    }
}
