namespace Sojourn.Storage;

/// <summary>
/// One message to one person. A person gets each step of a rule once: person, rule and step are
/// unique in a project.
/// </summary>
public sealed record OutboxRow
{
    /// <summary>Most messages a list has.</summary>
    public const int ListMax = 200;

    /// <summary>Names it everywhere; later ones have greater ids.</summary>
    public required string Id { get; init; }

    /// <summary>The project.</summary>
    public required string Project { get; init; }

    /// <summary>The person's key.</summary>
    public required string Person { get; init; }

    /// <summary>The session that it is about.</summary>
    public required string Session { get; init; }

    /// <summary>The rule that asks for it.</summary>
    public required string Rule { get; init; }

    /// <summary>Which step of the rule, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Where it goes.</summary>
    public required string Address { get; init; }

    /// <summary>A keyed hash of the address.</summary>
    public required string AddressKey { get; init; }

    /// <summary>The template it is made of.</summary>
    public required string Template { get; init; }

    /// <summary>The subject with its values; null until it is first sent.</summary>
    public string? Subject { get; init; }

    /// <summary>The text with its values; null until it is first sent.</summary>
    public string? Body { get; init; }

    /// <summary>Its name in the mail, the same at every try. Source: RFC 5322, 3.6.4.</summary>
    public required string MessageId { get; init; }

    /// <summary>When it should go, microseconds UTC.</summary>
    public required long DueUs { get; init; }

    /// <summary>One of <see cref="OutboxStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is in that state, in a stable word; null where nothing is to say.</summary>
    public string? Why { get; init; }

    /// <summary>What the mail server said last, or null.</summary>
    public string? Answer { get; init; }

    /// <summary>How often it was handed to the mail server.</summary>
    public int Tries { get; init; }

    /// <summary>
    /// When something has to be done about it, microseconds UTC; null = never again.
    /// </summary>
    public long? NextUs { get; init; }

    /// <summary>When it was made, microseconds UTC.</summary>
    public required long CreatedUs { get; init; }

    /// <summary>When it was last handed to the mail server, or null.</summary>
    public long? TriedUs { get; init; }

    /// <summary>When the mail server took it, or null.</summary>
    public long? SentUs { get; init; }

    /// <summary>On which side of the comparison it is; null = not decided.</summary>
    public OutboxArm? Arm { get; init; }

    /// <summary>How often it was stored, from 1.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>Whether a person is written to or left alone, decided once for each message.</summary>
/// <param name="DecidedUs">
/// When: the first time nothing else stopped the message, microseconds UTC.
/// </param>
/// <param name="Share">Of a hundred people, how many were left alone then.</param>
/// <param name="IsHeldOut">True for who was left alone.</param>
public sealed record OutboxArm(long DecidedUs, int Share, bool IsHeldOut);

/// <summary>What a message can be.</summary>
public static class OutboxStates
{
    /// <summary>It will be tried.</summary>
    public const string Waiting = "waiting";

    /// <summary>It is being handed to the mail server, or was when the server stopped.</summary>
    public const string Sending = "sending";

    /// <summary>The mail server took it.</summary>
    public const string Sent = "sent";

    /// <summary>It is not wanted any more.</summary>
    public const string Stopped = "stopped";

    /// <summary>It could not be sent.</summary>
    public const string Failed = "failed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Waiting, Sending, Sent, Stopped, Failed];
}
