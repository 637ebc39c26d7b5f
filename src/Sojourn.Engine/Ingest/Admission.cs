using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>What is known about a sender and a body before it is read.</summary>
/// <param name="Trust">How far the sender is believed.</param>
/// <param name="ReceivedUs">When the body reached us, microseconds UTC.</param>
public sealed record Admission(Trust Trust, long ReceivedUs)
{
    /// <summary>Characters of <see cref="BatchId"/>.</summary>
    public const int BatchIdCharsMax = 100;

    /// <summary>The connection's address. Used for claimed events only; null = unknown.</summary>
    public string? ClientIp { get; init; }

    /// <summary>
    /// The connection's user agent. Used for claimed events that name none, and only when it is
    /// a browser's or says so: that of an HTTP library tells nothing about the visitor.
    /// </summary>
    public string? UserAgent { get; init; }

    /// <summary>
    /// Names the body, so that events without an id get one that a repetition gets again;
    /// 1–100 printable ASCII characters. Null = the sender gave none.
    /// </summary>
    public string? BatchId { get; init; }

    /// <summary>Events before this instant are refused, microseconds UTC; null = none is.</summary>
    public long? RetentionFromUs { get; init; }

    /// <summary>
    /// True for history that is imported: an event without a readable time is refused, because
    /// the time of the import says nothing about it.
    /// </summary>
    public bool History { get; init; }

    /// <summary>True when the body is said to hold one event in each line.</summary>
    public bool LineByLine { get; init; }
}
