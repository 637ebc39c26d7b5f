namespace Sojourn.Ingest;

/// <summary>Every reason for which a body, an event or a line is refused or remarked on.</summary>
public static class RefusalCodes
{
    // Bodies.

    /// <summary>The body is larger than it may be on the wire.</summary>
    public static readonly RefusalCode BodyTooLarge = new(
        "body_too_large", "The body is over 1 MiB.", "Send fewer events at once, or compress.");

    /// <summary>The body is larger than it may be once decompressed.</summary>
    public static readonly RefusalCode DecompressedTooLarge = new(
        "decompressed_too_large",
        "The body is over 4 MiB when decompressed.",
        "Send fewer events at once.");

    /// <summary>The body is of a type that its address does not take.</summary>
    public static readonly RefusalCode ContentTypeUnknown = new(
        "content_type_unknown",
        "The body is of a type this address does not take.",
        "Send JSON with Content-Type: application/json.");

    /// <summary>The body is compressed in a way this server does not read.</summary>
    public static readonly RefusalCode EncodingUnknown = new(
        "encoding_unknown",
        "The content encoding is not known.",
        "Use gzip or br, once, or send the body uncompressed.");

    /// <summary>The body is not what its encoding says.</summary>
    public static readonly RefusalCode EncodingInvalid = new(
        "encoding_invalid",
        "The body could not be decompressed.",
        "Check that the content encoding names what was really used.");

    /// <summary>The text is no JSON in UTF-8.</summary>
    public static readonly RefusalCode JsonInvalid = new(
        "json_invalid",
        "The text is not valid JSON.",
        "Send one JSON document in UTF-8, or one event in each line.");

    /// <summary>Objects and arrays are nested too deep.</summary>
    public static readonly RefusalCode JsonTooDeep = new(
        "json_too_deep", "The JSON is nested deeper than 16 levels.", "Flatten the properties.");

    /// <summary>Something else stands where an object belongs.</summary>
    public static readonly RefusalCode JsonNotObject = new(
        "json_not_object",
        "An event must be a JSON object.",
        "Send an array of event objects, or {\"events\":[…]}.");

    /// <summary>There is nothing to take.</summary>
    public static readonly RefusalCode NoEvents = new(
        "no_events", "There is no event in it.", "Send at least one event.");

    /// <summary>There are too many events in one body.</summary>
    public static readonly RefusalCode TooManyEvents = new(
        "too_many_events", "There are more than 2,500 events in one body.", "Split the batch.");

    /// <summary>A Segment body that is too large.</summary>
    public static readonly RefusalCode BatchTooLarge = new(
        "batch_too_large", "The batch is over 500 KB.", "Send fewer messages at once.");

    /// <summary>A Segment batch in which the messages carry keys that differ.</summary>
    public static readonly RefusalCode KeysDiffer = new(
        "keys_differ",
        "The messages of the batch carry different write keys.",
        "Send one batch for each key.");

    /// <summary>A webhook's body that does not prove where it comes from.</summary>
    public static readonly RefusalCode SignatureInvalid = new(
        "signature_invalid",
        "The request does not prove that it comes from the provider.",
        "Compare the key or password under Settings, Mail and webhooks with the provider's.");

    /// <summary>A webhook's body that was signed too long ago, or in the future.</summary>
    public static readonly RefusalCode SignatureExpired = new(
        "signature_expired",
        "The request was signed too long ago, or at a time still to come.",
        "Check this server's clock; the provider has to send anew.");

    /// <summary>A shop's webhook about something that is not read.</summary>
    public static readonly RefusalCode TopicUnknown = new(
        "topic_unknown",
        "The webhook's topic is none that is read, or not what its body is.",
        "Choose the topics listed under Settings, Mail and webhooks.");

    // Events.

    /// <summary>An event without a name.</summary>
    public static readonly RefusalCode NameMissing = new(
        "name_missing", "The event has no name.", "Give it a name such as page_view.");

    /// <summary>An event of a trusted sender without an id.</summary>
    public static readonly RefusalCode IdMissing = new(
        "id_missing",
        "The event has no id.",
        "Give each event its own id, so that sending it again is safe.");

    /// <summary>An id that is none.</summary>
    public static readonly RefusalCode BadId = new(
        "bad_id",
        "The id is not usable.",
        "Use 1 to 128 printable ASCII characters without spaces or path parts.");

    /// <summary>An id that another event has.</summary>
    public static readonly RefusalCode IdConflict = new(
        "id_conflict",
        "Another event with this id was stored before and stays.",
        "Give each event its own id.");

    /// <summary>Text that some systems cannot hold.</summary>
    public static readonly RefusalCode BadText = new(
        "bad_text",
        "A text holds a lone surrogate, a zero character or broken UTF-8.",
        "Send well-formed Unicode without U+0000.");

    /// <summary>A number that some systems cannot hold.</summary>
    public static readonly RefusalCode BadNumber = new(
        "bad_number",
        "A number is out of range.",
        "Keep numbers finite, or send very large ones as text.");

    /// <summary>A value of another type than its field takes.</summary>
    public static readonly RefusalCode TypeWrong = new(
        "type_wrong",
        "A field has a value of the wrong type.",
        "See docs/guide/events.md for its type.");

    /// <summary>One name twice in one object.</summary>
    public static readonly RefusalCode DuplicateKey = new(
        "duplicate_key", "A name occurs twice in one object.", "Send each name once.");

    /// <summary>An object with too many members.</summary>
    public static readonly RefusalCode TooManyProperties = new(
        "too_many_properties",
        "An object has more than 256 properties.",
        "Send only the properties you will look at.");

    /// <summary>A property's name that is too long.</summary>
    public static readonly RefusalCode KeyTooLong = new(
        "key_too_long",
        "A property's name is longer than 128 characters.",
        "Put what varies into values, not into names.");

    /// <summary>A text that is too long.</summary>
    public static readonly RefusalCode TextTooLong = new(
        "text_too_long",
        "A text is too long.",
        "Names have up to 200 characters, person ids 256, other texts 8 KiB.");

    /// <summary>An array that is too long.</summary>
    public static readonly RefusalCode ArrayTooLong = new(
        "array_too_long", "An array has more than 256 elements.", "Send several events.");

    /// <summary>An event that is too large.</summary>
    public static readonly RefusalCode EventTooLarge = new(
        "event_too_large", "The event is over 64 KiB.", "Send only what you will look at.");

    /// <summary>A Segment message that is too large.</summary>
    public static readonly RefusalCode MessageTooLarge = new(
        "message_too_large", "The message is over 32 KB.", "Send only what you will look at.");

    /// <summary>A Segment message of an unknown type.</summary>
    public static readonly RefusalCode MessageTypeUnknown = new(
        "message_type_unknown",
        "The message has no type, or one that is not known.",
        "Use track, identify, page, screen, group or alias.");

    /// <summary>An event that belongs to nobody.</summary>
    public static readonly RefusalCode PersonMissing = new(
        "person_missing",
        "The event names nobody.",
        "Add person_id or anonymous_id, or a checkout_id, cart_token or order_id property.");

    /// <summary>A field that only the server sets.</summary>
    public static readonly RefusalCode FieldNotAllowed = new(
        "field_not_allowed",
        "A sender may not set this field.",
        "Leave it out; the server sets it itself.");

    /// <summary>A field nobody knows.</summary>
    public static readonly RefusalCode FieldUnknown = new(
        "field_unknown",
        "An event has no such field.",
        "Check its spelling, or move it into properties.");

    /// <summary>A time that cannot be read.</summary>
    public static readonly RefusalCode TimeInvalid = new(
        "time_invalid",
        "The time cannot be read.",
        "Use RFC 3339 such as 2026-11-21T08:15:30.250Z, or milliseconds since 1970.");

    /// <summary>An event older than what is kept.</summary>
    public static readonly RefusalCode BeforeRetention = new(
        "before_retention",
        "The event is older than the project keeps events.",
        "Lengthen the project's retention before importing older history.");

    /// <summary>A line of a file that is not of its format.</summary>
    public static readonly RefusalCode LineInvalid = new(
        "line_invalid",
        "The line is not of the expected format.",
        "Compare it with the lines that were taken, and check --format.");

    /// <summary>A line of a file that is too long.</summary>
    public static readonly RefusalCode LineTooLong = new(
        "line_too_long", "The line is over 1 MiB.", "Check --format and the line ends.");

    // Remarks on events that were taken.

    /// <summary>The server made the id.</summary>
    public static readonly RefusalCode IdMade = new(
        "id_made",
        "The event had no id, so the server made one.",
        "Send an id: without one, sending again counts twice.");

    /// <summary>The told time was not believed.</summary>
    public static readonly RefusalCode ClockSuspect = new(
        "clock_suspect",
        "The told time could not be right; the server's time was taken.",
        "Check the sender's clock and its unit (milliseconds since 1970).");

    /// <summary>All of them, in the order above.</summary>
    public static IReadOnlyList<RefusalCode> All { get; } =
    [
        BodyTooLarge, DecompressedTooLarge, ContentTypeUnknown, EncodingUnknown, EncodingInvalid,
        JsonInvalid, JsonTooDeep, JsonNotObject, NoEvents, TooManyEvents,
        BatchTooLarge, KeysDiffer, SignatureInvalid, SignatureExpired, TopicUnknown,
        NameMissing, IdMissing, BadId, IdConflict, BadText, BadNumber, TypeWrong, DuplicateKey,
        TooManyProperties, KeyTooLong, TextTooLong, ArrayTooLong, EventTooLarge,
        MessageTooLarge, MessageTypeUnknown,
        PersonMissing, FieldNotAllowed, FieldUnknown, TimeInvalid, BeforeRetention,
        LineInvalid, LineTooLong, IdMade, ClockSuspect,
    ];
}
