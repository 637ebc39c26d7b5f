namespace Sojourn.Sessions;

/// <summary>
/// What a person or key did to a session: an immutable, audited fact. It follows its anchor
/// event through merges and splits.
/// </summary>
public sealed record StaffAction
{
    /// <summary>Unique within its project.</summary>
    public required string Id { get; init; }

    /// <summary>The session's kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The id of an event of the session it was done to.</summary>
    public required string AnchorEventId { get; init; }

    /// <summary>The kind's key of that event, or its stream for kinds by person.</summary>
    public required string AnchorKey { get; init; }

    /// <summary>What was done: <c>note</c>, <c>assign</c>, <c>archive</c>, <c>status</c>…</summary>
    public required string Type { get; init; }

    /// <summary>The status to move to (<c>status</c>), else null.</summary>
    public string? To { get; init; }

    /// <summary>The note's words, the assignee, or null where the type has none.</summary>
    public string? Text { get; init; }

    /// <summary>Who did it, as the project knows them.</summary>
    public required string Actor { get; init; }

    /// <summary>When it was accepted, microseconds UTC.</summary>
    public required long AcceptedUs { get; init; }

    /// <summary>Place among the project's actions, from 1: the order of acceptance.</summary>
    public required long Number { get; init; }
}
