using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sojourn.Events;

namespace Sojourn.Ingest.Mail;

/// <summary>
/// What one notice of a provider says about one mail, in our words. Refers to the notice's bytes;
/// what was not told is null.
/// </summary>
internal sealed class MailNotice(HookSource source)
{
    private const decimal SecondsMax = 253_402_300_799; // The end of year 9999.
    private const int NumberCharsMax = 64;

    // Webmail shows a mail's pictures to its reader through these.
    private static readonly string[] _proxies = ["GoogleImageProxy", "YahooMailProxy"];

    /// <summary>The provider.</summary>
    public HookSource Source => source;

    /// <summary>The provider's own word for what happened.</summary>
    public JsonMember? Word { get; set; }

    /// <summary>What happened, as the event's name.</summary>
    public string? Name { get; set; }

    /// <summary>The event's id; the same for the same notice whenever it comes.</summary>
    public string? Id { get; set; }

    /// <summary>When it happened, microseconds UTC.</summary>
    public long? TimeUs { get; set; }

    /// <summary>The address the mail went to.</summary>
    public JsonMember? Email { get; set; }

    /// <summary>The mail.</summary>
    public string? MessageId { get; set; }

    /// <summary>True when the provider says that no person did it.</summary>
    public bool IsMachine { get; set; }

    /// <summary>The link that was followed.</summary>
    public JsonMember? Url { get; set; }

    /// <summary>The mail's subject.</summary>
    public JsonMember? Subject { get; set; }

    /// <summary>A text or an array of the sender's labels.</summary>
    public JsonMember? Tags { get; set; }

    /// <summary>Why.</summary>
    public JsonMember? Reason { get; set; }

    /// <summary>The person's address, when it is theirs.</summary>
    public JsonMember? Ip { get; set; }

    /// <summary>The person's user agent, when it is theirs.</summary>
    public JsonMember? UserAgent { get; set; }

    /// <summary>The person's country, when it is theirs.</summary>
    public JsonMember? Country { get; set; }

    /// <summary>What else it says, each under a name of ours.</summary>
    public List<(string Name, JsonMember? Value)> Details { get; } = [];

    /// <summary>What the sender gave along with the mail.</summary>
    public JsonObject Arguments { get; set; } = new();

    /// <summary>Members among <see cref="Arguments"/> that are none.</summary>
    public IReadOnlySet<string> NoArguments { get; set; } = new HashSet<string>();

    /// <summary>The field a refusal is about, as the provider calls it.</summary>
    public string? Fault { get; set; }

    /// <summary>True when a person did it, so that address and browser are theirs.</summary>
    public bool IsOfPerson => Name is EventNames.EmailOpen or EventNames.EmailClick
        or MailEventNames.Unsubscribe or MailEventNames.Resubscribe;

    /// <summary>Reads a notice.</summary>
    /// <param name="sent">A JSON object whose syntax has been checked.</param>
    /// <returns>Why it is refused, or null.</returns>
    public RefusalCode? Read(ReadOnlyMemory<byte> sent)
    {
        var members = new JsonObject();
        if (members.Read(sent) is { } refused)
            return Refuse(refused, members.Twice);

        var refusedRest = source switch
        {
            HookSource.SendGrid => SendGridNotice.Read(members, this),
            HookSource.Postmark => PostmarkNotice.Read(members, this),
            _ => MailgunNotice.Read(members, this),
        };
        if (UserAgent?.Text() is { } agent && _proxies.Any(agent.Contains))
            SetProxyAside();
        return refusedRest;
    }

    /// <summary>How the provider calls a field of ours.</summary>
    public string FieldOf(string ours) => source switch
    {
        HookSource.SendGrid => SendGridNotice.FieldOf(ours),
        HookSource.Postmark => PostmarkNotice.FieldOf(ours),
        _ => MailgunNotice.FieldOf(ours),
    };

    /// <summary>Refuses the notice for a field as the provider calls it.</summary>
    public RefusalCode Refuse(RefusalCode reason, string? field)
    {
        Fault = field;
        return reason;
    }

    /// <summary>Reads an object in the notice; none when it is not told.</summary>
    /// <returns>Why the notice is refused, or null.</returns>
    public RefusalCode? ReadInto(JsonObject inner, JsonMember? member, string field)
    {
        inner.Clear();
        return member is { } told && inner.Read(told.Value) is { } refused
            ? Refuse(refused, inner.Twice is { } twice ? $"{field}.{twice}" : field)
            : null;
    }

    /// <summary>
    /// An id in the provider's own space: the provider's name and what it calls the notice, or a
    /// hash of that where it could not be an id.
    /// </summary>
    public string IdOf(string told)
    {
        var id = $"{HookSources.NameOf(source)}-{told}";
        return EventIds.IsUsable(id) ? id : HashedIdOf(told);
    }

    // It opened the mail for a person, whose address and browser it does not tell.
    private void SetProxyAside()
    {
        Details.AddRange([("ip", Ip), ("user_agent", UserAgent)]);
        (Ip, UserAgent, Country) = (null, null, null);
    }

    /// <summary>An id of the provider's name and a hash.</summary>
    public string HashedIdOf(string told) => HookSources.NameOf(source) + "-"
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(told)));

    /// <summary>
    /// Reads seconds since 1970, with a fraction or without, exactly; null when they are none.
    /// </summary>
    public static long? SecondsIn(JsonMember? member) =>
        member is { Kind: System.Text.Json.JsonTokenType.Number } told
            && told.Value.Length <= NumberCharsMax
            && decimal.TryParse(
                told.Value.Span, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) <= SecondsMax
            ? (long)decimal.Floor(seconds * 1_000_000)
            : null;
}
