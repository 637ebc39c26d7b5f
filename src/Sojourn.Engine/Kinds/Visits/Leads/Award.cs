namespace Sojourn.Kinds.Visits.Leads;

/// <summary>Points an event gave, or why a rule that holds for it gave none.</summary>
/// <param name="Event">The event's id.</param>
/// <param name="Rule">
/// The rule's id; <see cref="Told"/> for points the event itself carried.
/// </param>
/// <param name="Name">What people call the rule.</param>
/// <param name="Points">The points; 0 when withheld.</param>
/// <param name="Withheld">
/// Null when given; else why not: <c>once_per_lead</c>, <c>once_within</c> or <c>cap</c>. Only the
/// first time in a visit that a rule gives nothing is written down.
/// </param>
public sealed record Award(string Event, string Rule, string Name, long Points, string? Withheld)
{
    /// <summary>Points the sender put into the event.</summary>
    public const string Told = "told";
}
