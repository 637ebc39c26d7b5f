namespace Sojourn.Events;

/// <summary>
/// Turns a sender's clock into ours. Source: domain.md in docs, "Time and order".
/// </summary>
public static class ClockCorrection
{
    /// <summary>How far ahead of our clock a told time may be.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(5);

    /// <summary>What differs less may be the time a request took, and no wrong clock.</summary>
    public static readonly TimeSpan OnTheWayMax = TimeSpan.FromSeconds(2);

    // Nothing this product could have seen happened before; such a time is a broken clock.
    private static readonly long EarliestUs =
        Micros.From(new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>
    /// True when a clock told in a request is as right as a request can tell. The times of such
    /// a sender are best left alone: corrected by how long each request took, the events of two
    /// requests could change places.
    /// </summary>
    /// <param name="receivedUs">Our clock, microseconds UTC.</param>
    /// <param name="clockUs">The sender's clock when sending.</param>
    public static bool IsRight(long receivedUs, long clockUs) =>
        Int128.Abs((Int128)receivedUs - clockUs) <= Micros.From(OnTheWayMax);

    /// <summary>
    /// Event time = received − (sent − occurred); without sent, occurred; without that, received.
    /// A result more than five minutes ahead, or before 1990, gives the received time.
    /// </summary>
    /// <param name="receivedUs">Our clock, microseconds UTC.</param>
    /// <param name="sentUs">The sender's clock when sending, or null.</param>
    /// <param name="occurredUs">The sender's clock when it happened, or null.</param>
    /// <returns>The time to use, and whether the told time was not believed.</returns>
    public static (long TimeUs, bool Suspect) Correct(
        long receivedUs, long? sentUs, long? occurredUs)
    {
        if (occurredUs is not { } occurred)
            return (receivedUs, false);

        var time = (Int128)occurred + (sentUs is { } sent ? (Int128)receivedUs - sent : 0);
        return time > receivedUs + Micros.From(AheadMax) || time < EarliestUs
            ? (receivedUs, true)
            : ((long)time, false);
    }
}
