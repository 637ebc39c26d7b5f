using System.Globalization;

namespace Sojourn.Benchmarks;

/// <summary>Tells a figure beside a peer's.</summary>
internal static class Figure
{
    /// <summary>Prints medians, and the ratio of rounds taken in turns.</summary>
    /// <param name="name">The figure.</param>
    /// <param name="what">What was measured.</param>
    /// <param name="own">Milliseconds of each round here.</param>
    /// <param name="theirs">The same of the peer; empty when it is not there.</param>
    public static void Tell(
        string name, string what, IReadOnlyList<double> own, IReadOnlyList<double> theirs)
    {
        var peer = theirs.Count == 0
            ? "DuckDB is not there (npm ci in benchmarks/peers)"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"DuckDB {MedianOf(theirs):N1} ms, ratio "
                + $"{MedianOf([.. own.Zip(theirs, (a, b) => a / b)]):N2}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {what} in {MedianOf(own):N1} ms; {peer}"));
    }

    private static double MedianOf(IReadOnlyList<double> values) =>
        values.Order().ElementAt(values.Count / 2);
}
