namespace Sojourn.Sessions;

/// <summary>
/// A status and end reason that may change once by the mere passing of time: a pure function of
/// "now", so no timer has to run for a query to be right.
/// </summary>
/// <param name="Status">The status before <paramref name="UntilUs"/>.</param>
/// <param name="EndReason">The end reason before <paramref name="UntilUs"/>.</param>
/// <param name="UntilUs">From this instant on the later values hold; null = never.</param>
/// <param name="LaterStatus">The status from <paramref name="UntilUs"/> on.</param>
/// <param name="LaterEndReason">The end reason from <paramref name="UntilUs"/> on.</param>
public readonly record struct Lifecycle(
    string Status,
    SessionEdge EndReason,
    long? UntilUs,
    string LaterStatus,
    SessionEdge LaterEndReason)
{
    /// <summary>A lifecycle that time alone does not change any more.</summary>
    public static Lifecycle Settled(string status, SessionEdge endReason) =>
        new(status, endReason, null, status, endReason);

    /// <summary>The status at an instant, microseconds UTC.</summary>
    public string StatusAt(long nowUs) => nowUs >= UntilUs ? LaterStatus : Status;

    /// <summary>The end reason at an instant, microseconds UTC.</summary>
    public SessionEdge EndReasonAt(long nowUs) => nowUs >= UntilUs ? LaterEndReason : EndReason;
}
