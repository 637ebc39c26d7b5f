namespace Sojourn.Server.Paths;

/// <summary>One path with one end.</summary>
/// <param name="Steps">Its steps, at most six.</param>
/// <param name="Goal">What it ended in; empty when they left.</param>
/// <param name="Sessions">The sessions that took it to that end.</param>
/// <param name="SamePath">The sessions that took the same steps, whatever the end.</param>
public sealed record PathSequence(
    IReadOnlyList<string> Steps, string Goal, Figure Sessions, Figure SamePath)
{
    /// <summary>The part of those on the same path, 0 to 1.</summary>
    public double Rate => (double)Sessions.Count / SamePath.Count;
}
