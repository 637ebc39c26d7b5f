using System.Text;
using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest.Mail;

/// <summary>
/// Writes a notice as the event it means in our own format; the one reader of events then judges
/// it like any other. Keeps its buffers from one notice to the next; not for several threads.
/// </summary>
internal sealed class MailEvent
{
    // Arguments by which a sender says whose mail it is.
    private static readonly string[] _personNames = ["person_id", "user_id", "anonymous_id"];

    private readonly JsonPieces _event = new();
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private string? _email;

    /// <summary>The event, until the next notice.</summary>
    public ReadOnlySpan<byte> Text => _event.Text;

    /// <summary>Writes the event of a notice.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public RefusalCode? Rewrite(MailNotice notice)
    {
        _event.Clear();
        _written.Clear();
        if (notice.Name is null)
        {
            var isOther = notice.Word is { Kind: not JsonTokenType.String };
            return notice.Refuse(
                isOther ? RefusalCodes.TypeWrong : RefusalCodes.NameMissing,
                notice.FieldOf("name"));
        }

        if (notice.TimeUs is not { } timeUs || notice.Id is not { } id)
            return notice.Refuse(RefusalCodes.TimeInvalid, notice.FieldOf("time"));
        if (ReadEmail(notice) is { } refused)
            return notice.Refuse(refused, notice.FieldOf("person_id"));

        _event.Open();
        Add("id", id);
        Add("name", notice.Name);
        WritePerson(notice);
        Add("time", Micros.ToText(timeUs));
        WriteProperties(notice);
        WriteContext(notice);
        _event.Close();
        return null;
    }

    private RefusalCode? ReadEmail(MailNotice notice)
    {
        _email = null;
        if (notice.Email is { } member)
        {
            if (member.Kind != JsonTokenType.String)
                return RefusalCodes.TypeWrong;
            if (member.Text() is not { } text)
                return RefusalCodes.BadText;

            _email = text.Contains('@', StringComparison.Ordinal)
                ? text.Trim().ToLowerInvariant()
                : null;
        }

        return _email is null && !_personNames.Any(name => Named(notice, name) is not null)
            ? RefusalCodes.PersonMissing
            : null;
    }

    // Without a name for the person, the address is one: its mail is one person's.
    private void WritePerson(MailNotice notice)
    {
        var isNamed = false;
        foreach (var name in _personNames)
        {
            if (Named(notice, name) is { } told)
            {
                _event.Add(Encoding.UTF8.GetBytes(name), told.Value.Span);
                isNamed = true;
            }
        }

        if (!isNamed)
            Add("user_id", _email!); // Refused before, when there is neither.
    }

    private void WriteProperties(MailNotice notice)
    {
        _event.Open("properties"u8);
        Keep("provider", HookSources.NameOf(notice.Source));
        Keep("event", notice.Word);
        Keep("email", _email);
        Keep("message_id", notice.MessageId);
        Keep("url", notice.Url);
        Keep("subject", notice.Subject);
        Keep("reason", notice.Reason);
        if (notice.IsMachine)
            Keep("machine", "true"u8);
        if (notice.Tags is { } tags)
            KeepTags(tags);
        foreach (var (name, value) in notice.Details) Keep(name, value);
        foreach (var argument in notice.Arguments.Members)
        {
            var name = Encoding.UTF8.GetString(argument.Name.Span);
            if (!notice.NoArguments.Contains(name) && !_personNames.Contains(name)
                && !_written.Contains(name))
            {
                _event.Add(argument);
            }
        }

        _event.Close();
    }

    private void WriteContext(MailNotice notice)
    {
        _event.Open("context"u8);
        _event.Add("ip"u8, notice.Ip);
        _event.Add("user_agent"u8, notice.UserAgent);
        _event.Add("country"u8, notice.Country);
        _event.Close();
    }

    private void KeepTags(JsonMember tags)
    {
        if (tags.Kind == JsonTokenType.String)
            Keep("tags", [.. "["u8, .. tags.Value.Span, .. "]"u8]);
        else if (!tags.Value.Span.SequenceEqual("[]"u8))
            Keep("tags", tags);
    }

    private void Keep(string name, JsonMember? value)
    {
        if (value is { } told)
            Keep(name, told.Value.Span);
    }

    private void Keep(string name, string? text)
    {
        if (text is { Length: > 0 })
            Keep(name, JsonSerializer.SerializeToUtf8Bytes(text));
    }

    private void Keep(string name, ReadOnlySpan<byte> value)
    {
        _event.Add(Encoding.UTF8.GetBytes(name), value);
        _written.Add(name);
    }

    private void Add(string name, string text) => _event.Add(
        Encoding.UTF8.GetBytes(name), JsonSerializer.SerializeToUtf8Bytes(text));

    // Empty text names nobody.
    private static JsonMember? Named(MailNotice notice, string name) =>
        notice.Arguments.Get(Encoding.UTF8.GetBytes(name)) is { } told && told.Text() != ""
            ? told
            : null;
}
