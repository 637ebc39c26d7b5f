using Sojourn.Events;

namespace Sojourn.Sessions;

/// <summary>
/// A run of events of one key. The counts, ends, entry and exit use unsuppressed events where
/// there is one, else all.
/// </summary>
public sealed record Session
{
    /// <summary>Names it; see <see cref="SessionId"/>.</summary>
    public required SessionId Id { get; init; }

    /// <summary>The kind's name, e.g. <c>visit</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What its events have in common: the person's key or the kind's own.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// What people see as the person: user id, else device id; empty when unknown.
    /// </summary>
    public required string PersonId { get; init; }

    /// <summary>The last device seen in it, or null.</summary>
    public string? AnonymousId { get; init; }

    /// <summary>The known or claimed user, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>The last e-mail told in it, or null.</summary>
    public string? Email { get; init; }

    /// <summary>The last full name told in it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>First event, microseconds UTC.</summary>
    public required long StartedUs { get; init; }

    /// <summary>Last event that is no heartbeat, microseconds UTC.</summary>
    public required long LastEventUs { get; init; }

    /// <summary>Last sign of life, heartbeats included, microseconds UTC.</summary>
    public required long EndedUs { get; init; }

    /// <summary>From <see cref="StartedUs"/> to <see cref="EndedUs"/>, microseconds.</summary>
    public long DurationUs => EndedUs - StartedUs;

    /// <summary>
    /// Unsuppressed events without heartbeats; all of them when all are suppressed.
    /// </summary>
    public required int Events { get; init; }

    /// <summary>Every event, heartbeats and suppressed ones included.</summary>
    public required int RawEvents { get; init; }

    /// <summary>Name of the first event.</summary>
    public required string Entry { get; init; }

    /// <summary>Name of the last event.</summary>
    public required string Exit { get; init; }

    /// <summary>Why it began.</summary>
    public required SessionEdge StartReason { get; init; }

    /// <summary>Its status and end reason, now and once time has passed.</summary>
    public required Lifecycle Lifecycle { get; init; }

    /// <summary><c>mobile</c>, <c>tablet</c>, <c>desktop</c>, or null when unknown.</summary>
    public string? Device { get; init; }

    /// <summary>Two upper-case letters, or null when unknown. Source: ISO 3166-1.</summary>
    public string? Country { get; init; }

    /// <summary>Where the person came from: campaign source, referring host, or direct.</summary>
    public required string Source { get; init; }

    /// <summary>The rule that suppresses it, or null when it has an unsuppressed event.</summary>
    public string? SuppressedBy { get; init; }

    /// <summary>Count of accepted staff actions.</summary>
    public int Version { get; init; }

    /// <summary>True while staff keep it out of the default list.</summary>
    public bool Archived { get; init; }

    /// <summary>The different event names in it, sorted, at most 64.</summary>
    public required IReadOnlyList<string> EventNames { get; init; }

    /// <summary>The values of the kind's fields, in the order of its field list.</summary>
    public required IReadOnlyList<object?> Values { get; init; }

    /// <summary>The kind's own record with all evidence; null when read from a list.</summary>
    public object? Detail { get; init; }

    /// <summary>
    /// The event it is derived from: the first by order, suppressed or not. Null in lists.
    /// </summary>
    public Event? FirstEvent { get; init; }
}
