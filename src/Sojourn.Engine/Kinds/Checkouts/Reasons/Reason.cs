namespace Sojourn.Kinds.Checkouts.Reasons;

/// <summary>Why a form was left, as the rules tell it.</summary>
/// <param name="Code">The reason, e.g. <c>shipping_cost</c>.</param>
/// <param name="Confidence">0.01 to 1.</param>
/// <param name="Rule">The rule that tells it.</param>
/// <param name="Evidence">What it rests on, oldest first; empty when on what is missing.</param>
public sealed record Reason(
    string Code, decimal Confidence, string Rule, IReadOnlyList<Sign> Evidence)
{
    /// <summary>A reason nothing speaks for.</summary>
    public const string Unknown = "unknown";

    /// <summary>The section or field of the form it rests on; null = none.</summary>
    public string? Where { get; init; }
}

/// <summary>The reason shown, with those that were less certain.</summary>
/// <param name="Shown">The most certain.</param>
/// <param name="Alternatives">Up to three others, the most certain first.</param>
/// <param name="RulesVersion">The version of the rules; 0 = as shipped.</param>
public sealed record ReasonFound(
    Reason Shown, IReadOnlyList<Reason> Alternatives, int RulesVersion)
{
    /// <summary>Most alternatives that are told.</summary>
    public const int AlternativesMax = 3;
}
