namespace Sojourn.Events;

/// <summary>
/// An immutable fact that somebody told us, as admitted: checked, timed and trusted.
/// </summary>
public sealed record Event
{
    /// <summary>Unique within its project: 1–128 printable ASCII characters.</summary>
    public required string Id { get; init; }

    /// <summary>What happened, e.g. <c>page_view</c>: 1–200 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The device it came from, or null when the sender named none.</summary>
    public string? AnonymousId { get; init; }

    /// <summary>The known user it is about, or null when the sender named none.</summary>
    public string? UserId { get; init; }

    /// <summary>When it happened by our clock: microseconds since 1970, UTC.</summary>
    public required long TimeUs { get; init; }

    /// <summary>When it reached us: microseconds since 1970, UTC.</summary>
    public required long ReceivedUs { get; init; }

    /// <summary>When it happened by the sender's clock, microseconds; null = not told.</summary>
    public long? OccurredUs { get; init; }

    /// <summary>When it was sent by the sender's clock, microseconds; null = not told.</summary>
    public long? SentUs { get; init; }

    /// <summary>The sender's own count of its events, to order those of one instant.</summary>
    public long? Seq { get; init; }

    /// <summary>How far the sender is believed.</summary>
    public required Trust Trust { get; init; }

    /// <summary>True when the told time could not be right and ours was taken instead.</summary>
    public bool ClockSuspect { get; init; }

    /// <summary>Where it happened.</summary>
    public EventContext Context { get; init; } = EventContext.None;

    /// <summary>What it says beyond the common fields.</summary>
    public Properties Properties { get; init; } = Properties.Empty;

    /// <summary>
    /// The identity as sent, which never changes and by which events are kept together:
    /// <c>d:DEVICE</c>, else <c>u:USER</c>, or <c>c:USER</c> when the user is only claimed.
    /// Null when the event names nobody, and for a <see cref="IsStaffWord"/>.
    /// </summary>
    public string? Stream =>
        IsStaffWord ? null
        : AnonymousId is not null ? "d:" + AnonymousId
        : UserId is null ? null
        : Trust == Trust.Claimed ? "c:" + UserId
        : "u:" + UserId;

    /// <summary>
    /// <see cref="Fingerprint"/> of <see cref="Stream"/>, without making the text. Only asked
    /// when there is a stream.
    /// </summary>
    internal ulong StreamFingerprint =>
        AnonymousId is not null ? Fingerprint.Of("d:"u8, AnonymousId)
        : Trust == Trust.Claimed ? Fingerprint.Of("c:"u8, UserId!)
        : Fingerprint.Of("u:"u8, UserId!);

    /// <summary>True when there is a stream.</summary>
    internal bool HasStream => (AnonymousId is not null || UserId is not null) && !IsStaffWord;

    /// <summary>
    /// True when staff say who somebody is. The person did nothing, so it is in no session.
    /// </summary>
    public bool IsStaffWord =>
        Trust == Trust.Staff && (Name is EventNames.Alias or EventNames.AliasUndone);

    /// <summary>
    /// A sign that a page is still open; it lengthens a session and counts nowhere.
    /// </summary>
    public bool IsHeartbeat => Name == EventNames.PagePing;
}
