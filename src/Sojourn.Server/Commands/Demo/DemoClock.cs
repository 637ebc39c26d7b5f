using Sojourn.Events;

namespace Sojourn.Server.Commands.Demo;

/// <summary>
/// Shows the times of the history while it is filled in, so that what staff did then is dated
/// then; afterwards the time it is.
/// </summary>
/// <param name="real">The clock for afterwards, and for all timers.</param>
internal sealed class DemoClock(TimeProvider real) : TimeProvider
{
    private long? _pastUs;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => real.TimestampFrequency;

    /// <summary>Shows an instant of the past until told otherwise.</summary>
    public void GoTo(long timeUs) => _pastUs = timeUs;

    /// <summary>Shows the time it is.</summary>
    public void Return() => _pastUs = null;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() =>
        _pastUs is { } past ? Micros.ToTime(past) : real.GetUtcNow();

    /// <inheritdoc/>
    public override long GetTimestamp() => real.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);
}
