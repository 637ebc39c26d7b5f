using System.Text;
using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest;

/// <summary>Reads an event's <c>context</c>. Parts nobody knows are left out.</summary>
internal sealed class ContextReader
{
    // A member's number is its place here.
    private static readonly string[] _names =
        ["", "ip", "user_agent", "url", "referrer", "locale", "country", "campaign"];

    private static readonly byte[][] _utf8Names = [.. _names.Select(Encoding.UTF8.GetBytes)];

    private string? _ip;
    private string? _userAgent;
    private string? _url;
    private string? _referrer;
    private string? _locale;
    private string? _country;
    private Campaign? _campaign;

    /// <summary>The field a refusal is about, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>The address the sender named, or null.</summary>
    public string? ToldIp => _ip;

    /// <summary>Forgets the event before.</summary>
    public void Clear()
    {
        (_ip, _userAgent, _url, _referrer) = (null, null, null, null);
        (_locale, _country, _campaign, Fault) = (null, null, null, null);
    }

    /// <summary>Reads the value the reader stands at and moves to its end.</summary>
    public RefusalCode? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return RefusalCodes.TypeWrong;

        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadMember(ref reader, ref seen) is { } refused)
                return refused;
        }

        return null;
    }

    /// <summary>What was read; for a claimed event with what the connection tells.</summary>
    public EventContext Make(Admission admission)
    {
        var claimed = admission.Trust == Trust.Claimed;
        var ip = claimed ? admission.ClientIp : _ip;
        var userAgent = _userAgent ?? (claimed ? BrowserOf(admission) : null);
        var isEmpty = ip is null && userAgent is null && _url is null && _referrer is null
            && _locale is null && _country is null && _campaign is null;
        return isEmpty ? EventContext.None : new EventContext
        {
            Ip = ip,
            UserAgent = userAgent,
            Url = _url,
            Referrer = _referrer,
            Locale = _locale,
            Country = _country,
            Campaign = _campaign,
        };
    }

    // Every browser, and every crawler that passes for one, has called itself Mozilla since 1994.
    private static string? BrowserOf(Admission admission) =>
        admission.UserAgent?.StartsWith("Mozilla/", StringComparison.Ordinal) == true
            ? admission.UserAgent
            : null;

    private RefusalCode? ReadMember(ref Utf8JsonReader reader, ref int seen)
    {
        var member = MemberOf(ref reader);
        if (member == 0)
            return SkipUnknown(ref reader);

        var isTwice = (seen & (1 << member)) != 0;
        seen |= 1 << member;
        reader.Read();
        var refused = isTwice ? RefusalCodes.DuplicateKey : member switch
        {
            1 => FieldReader.Text(ref reader, Limits.PersonCharsMax, out _ip),
            2 => FieldReader.Text(ref reader, Limits.TextBytesMax, out _userAgent),
            3 => FieldReader.Url(ref reader, out _url),
            4 => FieldReader.Url(ref reader, out _referrer),
            5 => FieldReader.Text(ref reader, Limits.PersonCharsMax, out _locale),
            6 => ReadCountry(ref reader),
            _ => ReadCampaign(ref reader),
        };
        Fault = refused is null ? null : "context." + _names[member];
        return refused;
    }

    // Zero when nobody knows the member.
    private static int MemberOf(ref Utf8JsonReader reader)
    {
        for (var i = 1; i < _names.Length; i++)
        {
            if (FieldReader.IsNamed(reader, _utf8Names[i]))
                return i;
        }

        return 0;
    }

    private RefusalCode? SkipUnknown(ref Utf8JsonReader reader)
    {
        Fault = "context";
        if (!FieldReader.IsNameSound(reader))
            return RefusalCodes.BadText;

        reader.Skip();
        Fault = null;
        return null;
    }

    private RefusalCode? ReadCountry(ref Utf8JsonReader reader)
    {
        var refused = FieldReader.Text(ref reader, Limits.PersonCharsMax, out var text);
        _country = FieldReader.Country(text);
        return refused;
    }

    private RefusalCode? ReadCampaign(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return RefusalCodes.TypeWrong;

        string? name = null, source = null, medium = null, term = null, content = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!FieldReader.IsNameSound(reader))
                return RefusalCodes.BadText;

            ref var part = ref name;
            if (FieldReader.IsNamed(reader, "source"u8)) part = ref source;
            else if (FieldReader.IsNamed(reader, "medium"u8)) part = ref medium;
            else if (FieldReader.IsNamed(reader, "term"u8)) part = ref term;
            else if (FieldReader.IsNamed(reader, "content"u8)) part = ref content;
            else if (!FieldReader.IsNamed(reader, "name"u8)) { reader.Skip(); continue; }

            if (part is not null)
                return RefusalCodes.DuplicateKey;

            reader.Read();
            if (FieldReader.Text(ref reader, Limits.TextBytesMax, out part) is { } refused)
                return refused;
        }

        _campaign = name is null && source is null && medium is null && term is null
            && content is null ? null : new Campaign(name, source, medium, term, content);
        return null;
    }
}
