namespace Sojourn.Server.Revenue;

/// <summary>How many of some people did something.</summary>
/// <param name="Count">Those who did, 0 to <paramref name="Of"/>.</param>
/// <param name="Of">All of them.</param>
public readonly record struct Proportion(int Count, int Of)
{
    // Between minus and plus this lie 95 % of a standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The share, 0 to 1; 0 of nobody.</summary>
    public double Rate => Of == 0 ? 0 : (double)Count / Of;

    /// <summary>
    /// Where the share lies with 95 % confidence, 0 to 1. Source: Wilson, "Probable inference,
    /// the law of succession, and statistical inference", JASA 22 (1927).
    /// </summary>
    public RateInterval Interval
    {
        get
        {
            if (Of == 0)
                return new RateInterval(0, 1);

            var (share, of) = (Rate, (double)Of);
            var whole = 1 + (Z * Z / of);
            var middle = share + (Z * Z / (2 * of));
            var reach = Z * Math.Sqrt((share * (1 - share) / of) + (Z * Z / (4 * of * of)));

            // At the ends it is exact; sums of fractions would miss it by a hair.
            return new RateInterval(
                Count == 0 ? 0 : (middle - reach) / whole,
                Count == Of ? 1 : (middle + reach) / whole);
        }
    }

    /// <summary>
    /// How much greater this share is than another, and where that lies with 95 % confidence;
    /// null when one of them is of nobody. Source: Newcombe, "Interval estimation for the
    /// difference between independent proportions", Statistics in Medicine 17 (1998), method 10.
    /// </summary>
    public RateDifference? Minus(Proportion other)
    {
        if (Of == 0 || other.Of == 0)
            return null;

        var (own, others) = (Interval, other.Interval);
        var value = Rate - other.Rate;
        return new RateDifference(
            value,
            new RateInterval(
                value - Length(Rate - own.Low, others.High - other.Rate),
                value + Length(own.High - Rate, other.Rate - others.Low)));
    }

    private static double Length(double one, double other) =>
        Math.Sqrt((one * one) + (other * other));
}

/// <summary>Between two shares, or two differences of shares; both ends belong to it.</summary>
public readonly record struct RateInterval(double Low, double High);

/// <summary>How far two shares are apart.</summary>
/// <param name="Value">The difference, −1 to 1.</param>
/// <param name="Interval">Where it lies with 95 % confidence.</param>
public readonly record struct RateDifference(double Value, RateInterval Interval)
{
    /// <summary>1 when it is surely above zero, −1 when surely below, else 0.</summary>
    public int Sign => Interval.Low > 0 ? 1 : Interval.High < 0 ? -1 : 0;
}
