namespace Sojourn.Events.Rules;

/// <summary>Why a set of rules was not taken; nothing of it is.</summary>
/// <param name="Code">Stable; see docs/errors.md.</param>
/// <param name="Field">Where, e.g. <c>rules[2].points</c>; empty = the set as a whole.</param>
/// <param name="Message">What is wrong, in plain words.</param>
/// <param name="Hint">What to do.</param>
public sealed record RuleFault(string Code, string Field, string Message, string Hint)
{
    /// <summary>The text is no such set: a wrong type, an unknown or missing member.</summary>
    public const string Invalid = "rule_invalid";

    /// <summary>No event could ever meet it.</summary>
    public const string NeverMatches = "rule_never_matches";

    /// <summary>Points have a fraction, or are out of range.</summary>
    public const string PointsNotWhole = "points_not_whole";
}
