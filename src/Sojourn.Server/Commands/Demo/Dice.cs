using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>Chance that can be repeated: the same seed throws the same. Not for secrets.</summary>
/// <param name="seed">Chooses all throws.</param>
internal sealed class Dice(int seed)
{
#pragma warning disable CA5394 // The whole point is that it can be repeated.
    private readonly Random _random = new(seed);

    /// <summary>True in so many of 1.</summary>
    public bool Chance(double share) => _random.NextDouble() < share;

    /// <summary>A whole number, both ends included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    /// <summary>One of several, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>One of several, as likely as their weights say.</summary>
    public T Pick<T>(IReadOnlyList<(int Weight, T What)> from)
    {
        var left = _random.Next(from.Sum(one => one.Weight));
        foreach (var (weight, what) in from)
        {
            left -= weight;
            if (left < 0)
                return what;
        }

        return from[^1].What;
    }

    /// <summary>A span of time in microseconds.</summary>
    public long Seconds(int least, int most) =>
        Micros.From(TimeSpan.FromMilliseconds(_random.Next(least * 1000, most * 1000 + 1)));

    /// <summary>A span of time in microseconds.</summary>
    public long Minutes(int least, int most) => Seconds(least * 60, most * 60);
#pragma warning restore CA5394
}
