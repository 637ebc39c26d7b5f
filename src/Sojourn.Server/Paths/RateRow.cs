namespace Sojourn.Server.Paths;

/// <summary>How sessions that began alike converted, now and in the period before.</summary>
public sealed record RateRow
{
    /// <summary>
    /// Two rates differ by more than chance from here on: their distance in standard errors.
    /// </summary>
    public const double OutsideFrom = 3;

    /// <summary>Fewest sessions of either period to call a change unusual.</summary>
    public const int SessionsMin = 30;

    /// <summary>What they have in common; empty when it is not known.</summary>
    public required string Name { get; init; }

    /// <summary>How many they are.</summary>
    public required Figure Sessions { get; init; }

    /// <summary>Those that converted.</summary>
    public required Figure Converted { get; init; }

    /// <summary>How many they were in the period before.</summary>
    public required Figure SessionsBefore { get; init; }

    /// <summary>Those that converted in the period before.</summary>
    public required Figure ConvertedBefore { get; init; }

    /// <summary>Lower median of their events; null when there are none.</summary>
    public required long? Events { get; init; }

    /// <summary>Lower median of their length, microseconds.</summary>
    public required long? DurationUs { get; init; }

    /// <summary>
    /// Lower median of the time from start to conversion, microseconds; null = none converted.
    /// </summary>
    public required long? ConvertedAfterUs { get; init; }

    /// <summary>The conversion rate, 0 to 1.</summary>
    public double Rate => Share(Converted.Count, Sessions.Count);

    /// <summary>The rate minus that of the period before; null when that had no sessions.</summary>
    public double? Change => SessionsBefore.Count == 0
        ? null
        : Rate - Share(ConvertedBefore.Count, SessionsBefore.Count);

    /// <summary>True when the rate changed by more than chance would.</summary>
    public bool IsUnusual
    {
        get
        {
            var (now, before) = ((double)Sessions.Count, (double)SessionsBefore.Count);
            if (Change is not { } change || Math.Min(now, before) < SessionsMin)
                return false;

            var pooled = (Converted.Count + ConvertedBefore.Count) / (now + before);
            var error = Math.Sqrt(pooled * (1 - pooled) * (1 / now + 1 / before));
            return error > 0 && Math.Abs(change) / error > OutsideFrom;
        }
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
