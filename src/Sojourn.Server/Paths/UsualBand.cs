namespace Sojourn.Server.Paths;

/// <summary>Where values usually lie: the median, three median deviations to each side.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="Median">Half of the values are at or below it.</param>
/// <param name="High">Its upper end.</param>
/// <remarks>
/// Unlike mean and standard deviation it is not moved by the very outliers it is to find.
/// </remarks>
public sealed record UsualBand(double Low, double Median, double High)
{
    /// <summary>Fewest values a band can be told from.</summary>
    public const int ValuesMin = 5;

    private const int Deviations = 3;

    /// <summary>The band of some values; null when they are too few.</summary>
    public static UsualBand? Of(IReadOnlyCollection<double> values)
    {
        if (values.Count < ValuesMin)
            return null;

        var median = MedianOf(values);
        var half = Deviations * MedianOf([.. values.Select(value => Math.Abs(value - median))]);
        return new(median - half, median, median + half);
    }

    /// <summary>True when a value lies outside.</summary>
    public bool IsOutside(double value) => value < Low || value > High;

    private static double MedianOf(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1
            ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
