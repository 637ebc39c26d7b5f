namespace Sojourn.Server.Paths;

/// <summary>Sessions that took one path to one end.</summary>
/// <param name="Steps">Their first steps, at most six; empty when they had none.</param>
/// <param name="Goal">What they converted in; empty when they left.</param>
/// <param name="Count">How many they are.</param>
public sealed record PathCount(IReadOnlyList<string> Steps, string Goal, long Count);
