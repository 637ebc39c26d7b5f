namespace Sojourn.Server.Paths;

/// <summary>A number of sessions with the question whose list has just so many.</summary>
/// <param name="Count">How many.</param>
/// <param name="Filter">
/// What the question has besides that of the whole report; a parameter here takes the place of
/// one of the same name there.
/// </param>
public sealed record Figure(long Count, IReadOnlyList<KeyValuePair<string, string>> Filter);
