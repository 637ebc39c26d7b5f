using Sojourn.Events;

namespace Sojourn.Storage.Sqlite;

/// <summary>
/// One event as bytes: a word that says which parts follow, then the parts. Times are kept as
/// differences, which are small.
/// </summary>
internal static class EventRecord
{
    // Bits 0 and 1 hold the trust. New parts take new bits; a bit never changes its meaning.
    [Flags]
    private enum Parts
    {
        None = 0,
        TrustMask = 0b11,
        ClockSuspect = 1 << 2,
        AnonymousId = 1 << 3,
        UserId = 1 << 4,
        Occurred = 1 << 5,
        Sent = 1 << 6,
        Seq = 1 << 7,
        Properties = 1 << 8,
        Ip = 1 << 9,
        UserAgent = 1 << 10,
        Url = 1 << 11,
        Referrer = 1 << 12,
        Locale = 1 << 13,
        Country = 1 << 14,
        Campaign = 1 << 15,
        CampaignName = 1 << 16,
        CampaignSource = 1 << 17,
        CampaignMedium = 1 << 18,
        CampaignTerm = 1 << 19,
        CampaignContent = 1 << 20,
        All = (1 << 21) - 1,
    }

    /// <summary>Writes an event; times are told against <paramref name="originUs"/>.</summary>
    public static void Write(ByteWriter to, Event e, long originUs)
    {
        var parts = PartsOf(e);
        to.Number((ulong)parts);
        to.Text(e.Id);
        to.Text(e.Name);
        Write(to, e.AnonymousId);
        Write(to, e.UserId);
        to.Difference(e.TimeUs - originUs);
        to.Difference(e.ReceivedUs - e.TimeUs);
        if (e.OccurredUs is { } occurred)
            to.Difference(occurred - e.TimeUs);
        if (e.SentUs is { } sent)
            to.Difference(sent - e.ReceivedUs);
        if (e.Seq is { } seq)
            to.Difference(seq);
        if (parts.HasFlag(Parts.Properties))
            to.Bytes(e.Properties.Json.Span);
        WriteContext(to, e.Context);
    }

    /// <summary>Reads an event.</summary>
    /// <exception cref="InvalidDataException">These are not an event's bytes.</exception>
    public static Event Read(ReadOnlySpan<byte> record, long originUs)
    {
        var from = new ByteReader(record);
        var parts = (Parts)from.Number();
        if ((parts & ~Parts.All) != 0)
            throw new InvalidDataException("An event has parts this program does not know.");

        var id = from.Text();
        var name = from.Text();
        var anonymousId = parts.HasFlag(Parts.AnonymousId) ? from.Text() : null;
        var userId = parts.HasFlag(Parts.UserId) ? from.Text() : null;
        var timeUs = originUs + from.Difference();
        var receivedUs = timeUs + from.Difference();
        return new Event
        {
            Id = id,
            Name = name,
            AnonymousId = anonymousId,
            UserId = userId,
            TimeUs = timeUs,
            ReceivedUs = receivedUs,
            OccurredUs = parts.HasFlag(Parts.Occurred) ? timeUs + from.Difference() : null,
            SentUs = parts.HasFlag(Parts.Sent) ? receivedUs + from.Difference() : null,
            Seq = parts.HasFlag(Parts.Seq) ? from.Difference() : null,
            Trust = (Trust)(parts & Parts.TrustMask),
            ClockSuspect = parts.HasFlag(Parts.ClockSuspect),
            Properties = parts.HasFlag(Parts.Properties)
                ? Properties.FromJson(from.Bytes().ToArray())
                : Properties.Empty,
            Context = ReadContext(ref from, parts),
        };
    }

    private static Parts PartsOf(Event e) =>
        (Parts)e.Trust
        | (e.ClockSuspect ? Parts.ClockSuspect : 0)
        | Bit(e.AnonymousId, Parts.AnonymousId)
        | Bit(e.UserId, Parts.UserId)
        | (e.OccurredUs is null ? 0 : Parts.Occurred)
        | (e.SentUs is null ? 0 : Parts.Sent)
        | (e.Seq is null ? 0 : Parts.Seq)
        | (e.Properties.IsEmpty ? 0 : Parts.Properties)
        | PartsOf(e.Context);

    private static Parts PartsOf(EventContext context) =>
        ReferenceEquals(context, EventContext.None)
            ? Parts.None
            : Bit(context.Ip, Parts.Ip)
                | Bit(context.UserAgent, Parts.UserAgent)
                | Bit(context.Url, Parts.Url)
                | Bit(context.Referrer, Parts.Referrer)
                | Bit(context.Locale, Parts.Locale)
                | Bit(context.Country, Parts.Country)
                | PartsOf(context.Campaign);

    private static Parts PartsOf(Campaign? campaign) =>
        campaign is null
            ? Parts.None
            : Parts.Campaign
                | Bit(campaign.Name, Parts.CampaignName)
                | Bit(campaign.Source, Parts.CampaignSource)
                | Bit(campaign.Medium, Parts.CampaignMedium)
                | Bit(campaign.Term, Parts.CampaignTerm)
                | Bit(campaign.Content, Parts.CampaignContent);

    private static Parts Bit(string? text, Parts bit) => text is null ? 0 : bit;

    private static void WriteContext(ByteWriter to, EventContext context)
    {
        Write(to, context.Ip);
        Write(to, context.UserAgent);
        Write(to, context.Url);
        Write(to, context.Referrer);
        Write(to, context.Locale);
        Write(to, context.Country);
        if (context.Campaign is not { } campaign)
            return;

        Write(to, campaign.Name);
        Write(to, campaign.Source);
        Write(to, campaign.Medium);
        Write(to, campaign.Term);
        Write(to, campaign.Content);
    }

    private static EventContext ReadContext(ref ByteReader from, Parts parts) =>
        (parts & (Parts.All ^ (Parts.Ip - 1))) == 0
            ? EventContext.None
            : new EventContext
            {
                Ip = Read(ref from, parts, Parts.Ip),
                UserAgent = Read(ref from, parts, Parts.UserAgent),
                Url = Read(ref from, parts, Parts.Url),
                Referrer = Read(ref from, parts, Parts.Referrer),
                Locale = Read(ref from, parts, Parts.Locale),
                Country = Read(ref from, parts, Parts.Country),
                Campaign = !parts.HasFlag(Parts.Campaign)
                    ? null
                    : new Campaign(
                        Read(ref from, parts, Parts.CampaignName),
                        Read(ref from, parts, Parts.CampaignSource),
                        Read(ref from, parts, Parts.CampaignMedium),
                        Read(ref from, parts, Parts.CampaignTerm),
                        Read(ref from, parts, Parts.CampaignContent)),
            };

    private static string? Read(ref ByteReader from, Parts parts, Parts bit) =>
        parts.HasFlag(bit) ? from.Text() : null;

    private static void Write(ByteWriter to, string? text)
    {
        if (text is not null)
            to.Text(text);
    }
}
