using Sojourn.Server.Outreach;
using Sojourn.Storage;

namespace Sojourn.Server.Revenue;

/// <summary>A person on one side of a comparison.</summary>
/// <param name="Decision">When they came there, and their message.</param>
/// <param name="Outcome">One of <see cref="HoldoutOutcome"/>.</param>
/// <param name="Order">Their first order in time, also while there is time; null = none.</param>
public sealed record ComparedPerson(
    OutboxDecision Decision, string Outcome, PersonOrder? Order);

/// <summary>What became of a person.</summary>
public static class HoldoutOutcome
{
    /// <summary>Ordered in time.</summary>
    public const string Ordered = "ordered";

    /// <summary>Did not, and the time is over.</summary>
    public const string NotOrdered = "not_ordered";

    /// <summary>Still has time, so is not counted, whether an order came or not.</summary>
    public const string Open = "open";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Ordered, NotOrdered, Open];
}
