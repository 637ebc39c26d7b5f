namespace Sojourn.Browser.Tests;

/// <summary>The real clock, set forward; what waits waits as long as ever.</summary>
internal sealed class LaterClock : TimeProvider
{
    private TimeSpan _ahead;

    /// <summary>Sets it forward.</summary>
    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}
