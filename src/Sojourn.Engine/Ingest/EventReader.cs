using System.Text;
using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>
/// Reads one event at a time out of JSON, in one pass and without a document. Keeps its buffers
/// from one event to the next; not for several threads.
/// </summary>
internal sealed class EventReader(Admission admission)
{
    private static readonly string[] _keyProperties = ["checkout_id", "cart_token", "order_id"];

    private readonly CompactJson _json = new();
    private readonly ContextReader _context = new();
    private int _seen;
    private string? _name;
    private string? _personId;
    private string? _userId;
    private string? _anonymousId;
    private string? _unreadTime;
    private long? _occurredUs;
    private long? _sentUs;
    private long? _seq;
    private Properties _properties = Properties.Empty;

    /// <summary>The id as sent, also after a refusal; null = none that is usable.</summary>
    public string? Id { get; private set; }

    /// <summary>The name as sent, also after a refusal; null = none that can be read.</summary>
    public string? Name => _name;

    /// <summary>Why the event was refused.</summary>
    public RefusalCode? Refused { get; private set; }

    /// <summary>The field at fault, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>True when the event had no id and got one.</summary>
    public bool MadeId { get; private set; }

    /// <summary>True when the sender named an address that was not believed.</summary>
    public bool IgnoredIp { get; private set; }

    /// <summary>
    /// Reads the object the reader stands at and moves to its end, whether it is taken or not.
    /// </summary>
    /// <param name="reader">At the start of an object.</param>
    /// <param name="place">The event's place in its body, from 0.</param>
    /// <param name="sentUs">When the body was sent, for events that do not say; or null.</param>
    /// <param name="spareId">The id of an event that has none, or null.</param>
    /// <returns>The event, or null when it is refused.</returns>
    public Event? Read(ref Utf8JsonReader reader, int place, long? sentUs, string? spareId)
    {
        Clear();
        var depth = reader.CurrentDepth;
        var start = reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Refused = ReadMember(ref reader);
            if (Refused is not null)
            {
                SkipRest(ref reader, depth);
                return null;
            }
        }

        if (reader.BytesConsumed - start > Limits.EventBytesMax)
            return Refuse(RefusalCodes.EventTooLarge);

        return Admit(place, sentUs, spareId);
    }

    // Other products' histories name events by whole addresses.
    private int NameCharsMax =>
        admission.History ? Limits.TextBytesMax : Limits.NameCharsMax;

    private Event? Admit(int place, long? sentUs, string? spareId)
    {
        if (string.IsNullOrWhiteSpace(_name))
            return Refuse(RefusalCodes.NameMissing, "name");
        if (_personId is null && _userId is null && _anonymousId is null && !HasKey())
            return Refuse(RefusalCodes.PersonMissing, "person_id");
        if (IdFor(place, spareId) is not { } id)
            return Refuse(RefusalCodes.IdMissing, "id");
        if (admission.History && (_occurredUs is null || _unreadTime is not null))
            return Refuse(RefusalCodes.TimeInvalid, "time");

        KeepUserId();
        KeepUnreadTime();
        _sentUs ??= sentUs;
        // When history was sent says nothing about the clock it was written by.
        var (timeUs, suspect) = ClockCorrection.Correct(
            admission.ReceivedUs, admission.History ? null : _sentUs, _occurredUs);
        if (timeUs < admission.RetentionFromUs)
            return Refuse(RefusalCodes.BeforeRetention, "time");

        IgnoredIp = admission.Trust == Trust.Claimed && _context.ToldIp is not null;
        return new Event
        {
            Id = id,
            Name = _name,
            UserId = _personId ?? _userId,
            AnonymousId = _anonymousId,
            TimeUs = timeUs,
            ReceivedUs = admission.ReceivedUs,
            OccurredUs = _occurredUs,
            SentUs = _sentUs,
            Seq = _seq,
            Trust = admission.Trust,
            ClockSuspect = suspect || _unreadTime is not null,
            Context = _context.Make(admission),
            Properties = _properties,
        };
    }

    private RefusalCode? ReadMember(ref Utf8JsonReader reader)
    {
        var member = reader.ValueIsEscaped
            ? EventMembers.Of(Encoding.UTF8.GetBytes(NameOf(ref reader)))
            : EventMembers.Of(reader.ValueSpan);
        if (member is EventMember.Unknown or EventMember.ServerOnly || IsTwice(member))
        {
            Fault = NameOf(ref reader);
            return member switch
            {
                EventMember.Unknown => RefusalCodes.FieldUnknown,
                EventMember.ServerOnly => RefusalCodes.FieldNotAllowed,
                _ => RefusalCodes.DuplicateKey,
            };
        }

        reader.Read();
        var refused = ReadValue(ref reader, member);
        if (refused is not null)
            Fault ??= NameOf(member);

        return refused;
    }

    private RefusalCode? ReadValue(ref Utf8JsonReader reader, EventMember member) =>
        member switch
        {
            EventMember.Id => ReadId(ref reader),
            EventMember.Name => FieldReader.Text(ref reader, NameCharsMax, out _name),
            EventMember.PersonId =>
                FieldReader.Id(ref reader, Limits.PersonCharsMax, out _personId),
            EventMember.UserId => FieldReader.Id(ref reader, Limits.PersonCharsMax, out _userId),
            EventMember.AnonymousId =>
                FieldReader.Id(ref reader, Limits.PersonCharsMax, out _anonymousId),
            EventMember.Time => ReadTime(ref reader),
            EventMember.SentAt => ReadSentAt(ref reader),
            EventMember.Seq => ReadSeq(ref reader),
            EventMember.Properties => ReadProperties(ref reader),
            _ => ReadContext(ref reader),
        };

    private RefusalCode? ReadId(ref Utf8JsonReader reader)
    {
        var refused = FieldReader.Id(ref reader, Limits.IdCharsMax, out var id);
        if (refused is not null)
            return refused == RefusalCodes.TypeWrong ? refused : RefusalCodes.BadId;
        if (id is null)
            return reader.TokenType == JsonTokenType.Null ? null : RefusalCodes.BadId;
        if (!EventIds.IsUsable(id))
            return RefusalCodes.BadId;

        Id = id;
        return null;
    }

    // An unreadable time never loses an event: it gets ours, and what was sent is kept.
    private RefusalCode? ReadTime(ref Utf8JsonReader reader)
    {
        if (FieldReader.Time(ref reader, out _occurredUs))
            return null;

        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            return RefusalCodes.TypeWrong;

        const int KeptBytesMax = 64;
        var raw = reader.ValueSpan;
        _unreadTime = reader.ValueIsEscaped || raw.Length > KeptBytesMax
            ? "unreadable"
            : Encoding.UTF8.GetString(raw);
        return null;
    }

    private RefusalCode? ReadSentAt(ref Utf8JsonReader reader)
    {
        var known = FieldReader.Time(ref reader, out _sentUs);
        return known || reader.TokenType is JsonTokenType.String or JsonTokenType.Number
            ? null
            : RefusalCodes.TypeWrong;
    }

    private RefusalCode? ReadSeq(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.Number)
            return RefusalCodes.TypeWrong;
        if (!reader.TryGetInt64(out var seq))
            return RefusalCodes.BadNumber;

        _seq = seq;
        return null;
    }

    private RefusalCode? ReadProperties(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return RefusalCodes.TypeWrong;

        var refused = _json.Write(ref reader, Limits.DepthMax - 1);
        if (refused is null)
            _properties = Properties.FromJson(_json.Written.ToArray());
        else
            Fault = _json.Fault is null ? "properties" : "properties." + _json.Fault;

        return refused;
    }

    private RefusalCode? ReadContext(ref Utf8JsonReader reader)
    {
        var refused = _context.Read(ref reader);
        Fault = _context.Fault;
        return refused;
    }

    private string? IdFor(int place, string? spareId)
    {
        if ((Id ?? spareId) is { } known)
            return known;

        MadeId = true;
        if (admission.BatchId is not null)
            return $"{admission.BatchId}-{place}";

        return admission.Trust != Trust.Claimed || admission.History
            ? null
            : Guid.CreateVersion7(Micros.ToTime(admission.ReceivedUs)).ToString("N");
    }

    private bool HasKey() =>
        _keyProperties.Any(name => _properties.Text(name) is { Length: > 0 });

    // `person_id` wins; a `user_id` beside it is something else to the sender, so it is kept.
    private void KeepUserId()
    {
        if (_personId is not null && _userId is not null && _userId != _personId)
            Keep("user_id", _userId);
    }

    private void KeepUnreadTime()
    {
        if (_unreadTime is not null)
            Keep("time_as_sent", _unreadTime);
    }

    // The sender's own property of that name stays.
    private void Keep(string name, string text)
    {
        if (_properties.Get(name) is not null)
            return;

        var old = _properties.ToString();
        var rest = _properties.IsEmpty ? "}" : "," + old[1..];
        var json = Encoding.UTF8.GetBytes(
            $"{{{JsonSerializer.Serialize(name)}:{JsonSerializer.Serialize(text)}{rest}");
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (_json.Write(ref reader, Limits.DepthMax - 1) is null)
            _properties = Properties.FromJson(_json.Written.ToArray());
    }

    private bool IsTwice(EventMember member)
    {
        var bit = 1 << (int)member;
        var twice = (_seen & bit) != 0;
        _seen |= bit;
        return twice;
    }

    // Moves to the event's end, and looks out for its id and name, so that the refusal can tell
    // which event it was.
    private void SkipRest(ref Utf8JsonReader reader, int depth)
    {
        while (reader.CurrentDepth > depth || reader.TokenType != JsonTokenType.EndObject)
        {
            var isMember = reader.TokenType == JsonTokenType.PropertyName
                && reader.CurrentDepth == depth + 1;
            var isId = isMember && Id is null && FieldReader.IsNamed(reader, "id"u8);
            var isName = isMember && _name is null && FieldReader.IsNamed(reader, "name"u8);
            if (!reader.Read())
                return;
            if (reader.TokenType != JsonTokenType.String)
                continue;

            if (isId)
                ReadId(ref reader);
            else if (isName && FieldReader.Text(ref reader, NameCharsMax, out _name) is not null)
                _name = null;
        }
    }

    private Event? Refuse(RefusalCode reason, string? field = null)
    {
        (Refused, Fault) = (reason, field);
        return null;
    }

    private void Clear()
    {
        (_seen, _name, _personId, _userId, _anonymousId) = (0, null, null, null, null);
        (_unreadTime, _occurredUs, _sentUs, _seq) = (null, null, null, null);
        (Id, Refused, Fault, MadeId, IgnoredIp) = (null, null, null, false, false);
        _properties = Properties.Empty;
        _context.Clear();
    }

    private static string NameOf(ref Utf8JsonReader reader)
    {
        if (!FieldReader.IsNameSound(reader))
            return "";

        var name = reader.GetString() ?? "";
        return name.Length <= Limits.KeyCharsMax ? name : name[..Limits.KeyCharsMax];
    }

    private static string NameOf(EventMember member) => member switch
    {
        EventMember.PersonId => "person_id",
        EventMember.UserId => "user_id",
        EventMember.AnonymousId => "anonymous_id",
        EventMember.SentAt => "sent_at",
        _ => member.ToString().ToLowerInvariant(),
    };
}
