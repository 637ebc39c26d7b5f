using System.Text.Json;

namespace Sojourn.Ingest.Segment;

/// <summary>
/// Writes a Segment message as the event it means in our own format; the one reader of events
/// then judges it like any other. Keeps its buffers from one message to the next; not for
/// several threads.
/// </summary>
/// <param name="shared">The context of the whole body.</param>
internal sealed class SegmentMessage(SegmentContext shared)
{
    private readonly JsonObject _message = new();
    private readonly JsonObject _properties = new();
    private readonly JsonObject _traits = new();
    private readonly List<(JsonMember Old, byte[] New)> _renamed = [];
    private readonly SegmentContext _context = new();
    private readonly JsonPieces _event = new();

    /// <summary>The event, until the next message.</summary>
    public ReadOnlySpan<byte> Event => _event.Text;

    /// <summary>The field a refusal is about, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>The message's id, also after a refusal; null = none that is usable.</summary>
    public string? Id =>
        _message.GetText("messageId"u8)?.Text() is { } id && EventIds.IsUsable(id) ? id : null;

    /// <summary>The event's name as its sender calls it, or null.</summary>
    public string? Name => _message.GetText("event"u8)?.Text();

    /// <summary>How a sender calls a field of ours.</summary>
    public static string FieldOf(string ours) => ours switch
    {
        "id" => "messageId",
        "name" => "event",
        "person_id" => "userId",
        "anonymous_id" => "anonymousId",
        "time" => "timestamp",
        "sent_at" => "sentAt",
        "context.user_agent" => "context.userAgent",
        "context.url" => "context.page.url",
        "context.referrer" => "context.page.referrer",
        "context.country" => "context.location.country",
        "properties.traits" => "traits",
        "properties.group_id" => "groupId",
        "properties.previous_id" => "previousId",
        _ => ours,
    };

    /// <summary>Writes the event of a message.</summary>
    /// <param name="message">A JSON object whose syntax has been checked.</param>
    /// <param name="type">Its type when the address tells, else null.</param>
    /// <returns>Why it is refused, or null.</returns>
    public RefusalCode? Rewrite(ReadOnlyMemory<byte> message, SegmentType? type)
    {
        _event.Clear();
        if (_message.Read(message) is { } refused)
            return Refuse(refused, _message.Twice);
        if (message.Length > Limits.SegmentMessageBytesMax)
            return Refuse(RefusalCodes.MessageTooLarge, null);
        if ((type ?? SegmentTypes.Of(_message.Get("type"u8)?.Text())) is not { } known)
            return Refuse(RefusalCodes.MessageTypeUnknown, "type");
        if (_context.Read(_message.Get("context"u8), shared) is { } refusedContext)
            return Refuse(refusedContext, _context.Fault);
        if (ReadDetails(known) is { } refusedDetails)
            return refusedDetails;

        Write(known);
        return null;
    }

    private RefusalCode? ReadDetails(SegmentType type)
    {
        _properties.Clear();
        _traits.Clear();
        return type switch
        {
            SegmentType.Track or SegmentType.Page or SegmentType.Screen =>
                Read(_properties, _message.Get("properties"u8), "properties"),
            SegmentType.Identify =>
                Read(_traits, _message.Get("traits"u8) ?? _context.Traits, "traits"),
            SegmentType.Group => Read(_traits, _message.Get("traits"u8), "traits"),
            _ => null,
        };
    }

    private RefusalCode? Read(JsonObject into, JsonMember? member, string name) =>
        member is { } sent && into.Read(sent.Value) is { } refused
            ? Refuse(refused, into.Twice is { } twice ? $"{name}.{twice}" : name)
            : null;

    private void Write(SegmentType type)
    {
        var spec = type == SegmentType.Track ? SpecEvent.Of(_message.Get("event"u8)) : null;
        _event.Open();
        _event.Add("id"u8, _message.Get("messageId"u8));
        WriteName(type, spec);
        _event.Add("person_id"u8, _message.Get("userId"u8));
        _event.Add("anonymous_id"u8, _message.Get("anonymousId"u8));
        _event.Add("time"u8, _message.Get("timestamp"u8));
        _event.Add("sent_at"u8, _message.Get("sentAt"u8));
        _event.Open("properties"u8);
        WriteProperties(spec);
        WriteOfType(type);
        AddUnlessThere("timezone"u8, _context.TimeZone);
        _event.Close();
        _context.Write(_event, type == SegmentType.Page ? _properties : null);
        _event.Close();
    }

    private void WriteName(SegmentType type, SpecEvent? spec)
    {
        switch (type)
        {
            case SegmentType.Track when spec is not null: _event.Add("name"u8, spec.Name); break;
            case SegmentType.Track: _event.Add("name"u8, _message.Get("event"u8)); break;
            case SegmentType.Identify: _event.Add("name"u8, "\"identify\""u8); break;
            case SegmentType.Page: _event.Add("name"u8, "\"page_view\""u8); break;
            case SegmentType.Screen: _event.Add("name"u8, "\"screen_view\""u8); break;
            case SegmentType.Group: _event.Add("name"u8, "\"group\""u8); break;
            default: _event.Add("name"u8, "\"alias\""u8); break;
        }
    }

    private void WriteProperties(SpecEvent? spec)
    {
        _renamed.Clear();
        foreach (var rule in spec?.Rules ?? [])
        {
            if (_properties.Get(rule.Name) is not null)
                continue;
            if (rule.Constant is { } constant)
                _event.Add(rule.Name, constant);
            else if (rule.SourceIn(_properties) is not { } source)
                _event.Add(rule.Name, _properties.Find(rule.Name));
            else if (rule.Stays)
                _event.Add(rule.Name, source);
            else
                _renamed.Add((source, rule.Name));
        }

        foreach (var member in _properties.Members)
        {
            if (_renamed.Find(one => one.Old == member).New is { } name)
                _event.Add(name, member);
            else if (member.Kind != JsonTokenType.Null || spec?.Makes(member) != true)
                _event.Add(member);
        }
    }

    private void WriteOfType(SegmentType type)
    {
        switch (type)
        {
            case SegmentType.Page or SegmentType.Screen:
                AddUnlessThere("name"u8, _message.Get("name"u8));
                AddUnlessThere("category"u8, _message.Get("category"u8));
                if (type == SegmentType.Page)
                    WritePage();

                AddUnlessThere("traits"u8, _context.Traits);
                break;
            case SegmentType.Track: AddUnlessThere("traits"u8, _context.Traits); break;
            case SegmentType.Identify: WriteTraits(); WritePerson(); break;
            case SegmentType.Group:
                _event.Add("group_id"u8, _message.Get("groupId"u8));
                WriteTraits();
                break;
            default: _event.Add("previous_id"u8, _message.Get("previousId"u8)); break;
        }
    }

    private void WritePage()
    {
        AddUnlessThere("url"u8, _context.Url);
        AddUnlessThere("title"u8, _context.Title);
        AddUnlessThere("referrer"u8, _context.Referrer);
    }

    private void WriteTraits()
    {
        if (_traits.Members.Count == 0)
            return;

        _event.Open("traits"u8);
        foreach (var trait in _traits.Members) _event.Add(trait);
        _event.Close();
    }

    // What names a person stands on its own beside the traits as sent.
    private void WritePerson()
    {
        _event.Add("email"u8, _traits.Get("email"u8));
        _event.Add("phone"u8, _traits.Get("phone"u8));
        var first = _traits.GetText("firstName"u8) ?? _traits.GetText("first_name"u8);
        var last = _traits.GetText("lastName"u8) ?? _traits.GetText("last_name"u8);
        if (_traits.GetText("name"u8) is { } name)
            _event.Add("name"u8, name);
        else if (first is { } given && last is { } family)
            _event.AddJoined("name"u8, given, family);
        else
            _event.Add("name"u8, first ?? last);
    }

    private void AddUnlessThere(ReadOnlySpan<byte> name, JsonMember? value)
    {
        if (_properties.Find(name) is null)
            _event.Add(name, value);
    }

    private RefusalCode Refuse(RefusalCode reason, string? field)
    {
        Fault = field;
        return reason;
    }
}
