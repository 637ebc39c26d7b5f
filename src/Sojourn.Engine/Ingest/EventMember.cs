namespace Sojourn.Ingest;

/// <summary>The top-level members of an event as sent. There are no others.</summary>
internal enum EventMember
{
    Unknown,
    ServerOnly,
    Id,
    Name,
    PersonId,
    UserId,
    AnonymousId,
    Time,
    SentAt,
    Seq,
    Properties,
    Context,
}

/// <summary>Recognises members by name.</summary>
internal static class EventMembers
{
    /// <summary>The member of a name, without escapes.</summary>
    public static EventMember Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => EventMember.Id,
        2 when name.SequenceEqual("ip"u8) => EventMember.ServerOnly,
        3 when name.SequenceEqual("seq"u8) => EventMember.Seq,
        4 when name.SequenceEqual("name"u8) => EventMember.Name,
        4 when name.SequenceEqual("time"u8) => EventMember.Time,
        5 when name.SequenceEqual("trust"u8) => EventMember.ServerOnly,
        6 when name.SequenceEqual("status"u8) => EventMember.ServerOnly,
        7 when name.SequenceEqual("context"u8) => EventMember.Context,
        7 when name.SequenceEqual("user_id"u8) => EventMember.UserId,
        7 when name.SequenceEqual("sent_at"u8) => EventMember.SentAt,
        7 when name.SequenceEqual("project"u8) => EventMember.ServerOnly,
        8 when name.SequenceEqual("verified"u8) => EventMember.ServerOnly,
        9 when name.SequenceEqual("person_id"u8) => EventMember.PersonId,
        10 when name.SequenceEqual("properties"u8) => EventMember.Properties,
        11 when name.SequenceEqual("received_at"u8) => EventMember.ServerOnly,
        12 when name.SequenceEqual("anonymous_id"u8) => EventMember.AnonymousId,
        _ => EventMember.Unknown,
    };
}
