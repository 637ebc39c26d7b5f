namespace Sojourn.Ingest;

/// <summary>How much may be sent, kept waiting and remembered. Source: docs/errors.md.</summary>
public static class Limits
{
    /// <summary>Bytes of a body as it comes over the wire.</summary>
    public const int WireBytesMax = 1024 * 1024;

    /// <summary>Bytes of a body once decompressed.</summary>
    public const int BodyBytesMax = 4 * 1024 * 1024;

    /// <summary>Events in one body.</summary>
    public const int BatchEventsMax = 2_500;

    /// <summary>Bytes of one event as sent.</summary>
    public const int EventBytesMax = 64 * 1024;

    /// <summary>Levels of objects and arrays in one event, itself included.</summary>
    public const int DepthMax = 16;

    /// <summary>Members of one object.</summary>
    public const int PropertiesMax = 256;

    /// <summary>Characters of a property's name.</summary>
    public const int KeyCharsMax = 128;

    /// <summary>Bytes of a text in UTF-8, without escapes.</summary>
    public const int TextBytesMax = 8 * 1024;

    /// <summary>Elements of one array.</summary>
    public const int ArrayMax = 256;

    /// <summary>Characters of a number as written.</summary>
    public const int NumberCharsMax = 320;

    /// <summary>Characters of an event's name.</summary>
    public const int NameCharsMax = 200;

    /// <summary>Characters of an event's id, all printable ASCII.</summary>
    public const int IdCharsMax = 128;

    /// <summary>Characters of a user's or device's id.</summary>
    public const int PersonCharsMax = 256;

    /// <summary>Bytes of a Segment body, compressed or not. Source: its HTTP API.</summary>
    public const int SegmentBodyBytesMax = 500 * 1024;

    /// <summary>Bytes of one Segment message as sent. Source: its HTTP API.</summary>
    public const int SegmentMessageBytesMax = 32 * 1024;

    /// <summary>Bytes of one line of a file that is imported.</summary>
    public const int LineBytesMax = 1024 * 1024;

    /// <summary>Refusals remembered for each project.</summary>
    public const int RefusalsKept = 1_000;

    /// <summary>Characters kept of what was refused.</summary>
    public const int RefusedCharsMax = 2 * 1024;

    /// <summary>Refusals of one body that keep what was refused; the others only count.</summary>
    public const int RefusedBodiesMax = 100;

    /// <summary>Events that may wait to be stored.</summary>
    public const int LineEventsMax = 100_000;

    /// <summary>Bytes of events, roughly, that may wait to be stored.</summary>
    public const long LineBytesWaitingMax = 256L * 1024 * 1024;

    /// <summary>Events stored in one transaction.</summary>
    public const int GroupEventsMax = 10_000;

    /// <summary>How long a sender waits to be stored.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
}
