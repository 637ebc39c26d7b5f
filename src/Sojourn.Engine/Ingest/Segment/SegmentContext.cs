using System.Text.Json;

namespace Sojourn.Ingest.Segment;

/// <summary>
/// The parts of a <c>context</c> that mean something here. A part of another type than it
/// should have is as good as absent: context is filled by libraries, and never loses an event.
/// </summary>
internal sealed class SegmentContext
{
    private readonly JsonObject _context = new();
    private readonly JsonObject _inner = new();

    /// <summary>The field a refusal is about, or null.</summary>
    public string? Fault { get; private set; }

    /// <summary>The visitor's address, or null.</summary>
    public JsonMember? Ip { get; private set; }

    /// <summary>The visitor's user agent, or null.</summary>
    public JsonMember? UserAgent { get; private set; }

    /// <summary>The language tag, or null.</summary>
    public JsonMember? Locale { get; private set; }

    /// <summary>The IANA name of the time zone, or null.</summary>
    public JsonMember? TimeZone { get; private set; }

    /// <summary>The page's address, or null.</summary>
    public JsonMember? Url { get; private set; }

    /// <summary>The page's title, or null.</summary>
    public JsonMember? Title { get; private set; }

    /// <summary>The address of the page before, or null.</summary>
    public JsonMember? Referrer { get; private set; }

    /// <summary>The country, or null.</summary>
    public JsonMember? Country { get; private set; }

    /// <summary>The campaign's object, or null.</summary>
    public JsonMember? Campaign { get; private set; }

    /// <summary>What is known of the person, an object; or null.</summary>
    public JsonMember? Traits { get; private set; }

    /// <summary>Reads a context.</summary>
    /// <param name="context">As sent, or null when none was.</param>
    /// <param name="shared">The whole body's, for parts this one lacks; or null.</param>
    /// <returns>Why it is refused, or null.</returns>
    public RefusalCode? Read(JsonMember? context, SegmentContext? shared)
    {
        Fault = null;
        _context.Clear();
        if (context is { } sent && _context.Read(sent.Value) is { } refused)
        {
            Fault = _context.Twice is { } name ? "context." + name : "context";
            return refused;
        }

        Ip = _context.GetText("ip"u8) ?? shared?.Ip;
        UserAgent = _context.GetText("userAgent"u8) ?? shared?.UserAgent;
        Locale = _context.GetText("locale"u8) ?? shared?.Locale;
        TimeZone = _context.GetText("timezone"u8) ?? shared?.TimeZone;
        Campaign = ObjectOf("campaign"u8) ?? shared?.Campaign;
        Traits = ObjectOf("traits"u8) ?? shared?.Traits;
        ReadPage(shared);
        Country = Inside("location"u8) ? _inner.GetText("country"u8) : shared?.Country;
        return null;
    }

    /// <summary>Writes our context.</summary>
    /// <param name="pieces">Where to.</param>
    /// <param name="page">The properties of a page, which may name its addresses; or null.</param>
    public void Write(JsonPieces pieces, JsonObject? page)
    {
        pieces.Open("context"u8);
        pieces.Add("ip"u8, Ip);
        pieces.Add("user_agent"u8, UserAgent);
        pieces.Add("url"u8, Url ?? page?.GetText("url"u8));
        pieces.Add("referrer"u8, Referrer ?? page?.GetText("referrer"u8));
        pieces.Add("locale"u8, Locale);
        pieces.Add("country"u8, Country);
        if (Campaign is { } campaign)
            WriteCampaign(pieces, campaign);

        pieces.Close();
    }

    private void ReadPage(SegmentContext? shared)
    {
        var hasPage = Inside("page"u8);
        Url = hasPage ? _inner.GetText("url"u8) : shared?.Url;
        Title = hasPage ? _inner.GetText("title"u8) : shared?.Title;
        Referrer = hasPage ? _inner.GetText("referrer"u8) : shared?.Referrer;
        // Mobile clients name what led to the app here.
        if (Referrer is null && Inside("referrer"u8))
            Referrer = _inner.GetText("url"u8);
    }

    private void WriteCampaign(JsonPieces pieces, JsonMember campaign)
    {
        _inner.Read(campaign.Value);
        pieces.Open("campaign"u8);
        pieces.Add("name"u8, _inner.GetText("name"u8));
        pieces.Add("source"u8, _inner.GetText("source"u8));
        pieces.Add("medium"u8, _inner.GetText("medium"u8));
        pieces.Add("term"u8, _inner.GetText("term"u8));
        pieces.Add("content"u8, _inner.GetText("content"u8));
        pieces.Close();
    }

    private JsonMember? ObjectOf(ReadOnlySpan<byte> name) =>
        _context.Get(name) is { Kind: JsonTokenType.StartObject } member ? member : null;

    // True when there is such an object; its members are then at hand.
    private bool Inside(ReadOnlySpan<byte> name) =>
        ObjectOf(name) is { } member && _inner.Read(member.Value) is null;
}
