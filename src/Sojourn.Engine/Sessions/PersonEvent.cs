using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>An event together with whom it counts for.</summary>
/// <param name="Event">The event.</param>
/// <param name="Person">Whom it counts for; null when the event names nobody.</param>
/// <param name="AfterOtherUser">
/// True when it is the first of a person's stretch on a device and, less than the timeout
/// before, another person was on that device.
/// </param>
/// <param name="BeforeOtherUser">The same, seen from the last event of the stretch.</param>
public readonly record struct PersonEvent(
    Event Event, Person? Person, bool AfterOtherUser, bool BeforeOtherUser)
{
    /// <summary>The rule that suppresses it, or null when it counts.</summary>
    public string? SuppressedBy { get; init; }
}
