using System.Globalization;
using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest.Mail;

/// <summary>The object that Mailgun's webhooks post; its <c>event-data</c> is the notice.</summary>
internal static class MailgunNotice
{
    private static readonly HashSet<string> _noArguments = [];

    public static RefusalCode? Read(JsonObject members, MailNotice into)
    {
        var data = new JsonObject();
        if (members.Get("event-data"u8) is not { } sent)
            return into.Refuse(RefusalCodes.NoEvents, "event-data");
        if (into.ReadInto(data, sent, "event-data") is { } refused)
            return refused;

        into.NoArguments = _noArguments;
        into.Word = data.Get("event"u8);
        into.Name = NameOf(into.Word?.Text(), data);
        into.TimeUs = MailNotice.SecondsIn(data.Get("timestamp"u8));
        into.Email = data.Get("recipient"u8);
        into.Url = data.Get("url"u8);
        into.Tags = data.Get("tags"u8);
        into.Details.Add(("severity", data.Get("severity"u8)));
        if ((ReadInner(data, into)
            ?? into.ReadInto(into.Arguments, data.Get("user-variables"u8), Field("user-variables")))
            is { } refusedInner)
        {
            return refusedInner;
        }

        if (data.GetText("id"u8)?.Text() is not { Length: > 0 } id)
            return into.Refuse(RefusalCodes.IdMissing, Field("id"));

        // It is unique within a day only, as Mailgun says.
        if (into.TimeUs is { } us)
            into.Id = into.IdOf($"{DayOf(us)}-{id}");
        return null;
    }

    public static string FieldOf(string ours) => ours switch
    {
        "name" => Field("event"),
        "time" => Field("timestamp"),
        "person_id" => Field("recipient"),
        "context.ip" => Field("ip"),
        "context.country" => Field("geolocation.country"),
        "context.user_agent" => Field("client-info.user-agent"),
        "properties.url" => Field("url"),
        "properties.tags" => Field("tags"),
        "user_id" or "anonymous_id" => Field("user-variables." + ours),
        _ => ours.StartsWith("properties.", StringComparison.Ordinal)
            ? Field("user-variables." + ours["properties.".Length..])
            : ours,
    };

    private static RefusalCode? ReadInner(JsonObject data, MailNotice into)
    {
        var inner = new JsonObject();
        if (into.ReadInto(inner, data.Get("message"u8), Field("message"))
            is { } refusedMessage)
        {
            return refusedMessage;
        }

        var headers = inner.Get("headers"u8);
        if (into.ReadInto(inner, headers, Field("message.headers")) is { } refusedHeaders)
            return refusedHeaders;

        into.MessageId = inner.GetText("message-id"u8)?.Text();
        into.Subject = inner.Get("subject"u8);
        if (into.ReadInto(inner, data.Get("delivery-status"u8), Field("delivery-status"))
            is { } refusedStatus)
        {
            return refusedStatus;
        }

        into.Reason = data.Get("reason"u8) ?? Told(inner.Get("message"u8))
            ?? Told(inner.Get("description"u8));
        into.Details.Add(("code", inner.Get("code"u8)));
        if (into.ReadInto(inner, data.Get("client-info"u8), Field("client-info"))
            is { } refusedClient)
        {
            return refusedClient;
        }

        into.IsMachine = IsBot(inner.Get("bot"u8));
        return into.IsOfPerson ? ReadPerson(data, inner, into) : null;
    }

    private static RefusalCode? ReadPerson(JsonObject data, JsonObject client, MailNotice into)
    {
        into.Ip = data.Get("ip"u8);
        into.UserAgent = client.Get("user-agent"u8);
        var place = new JsonObject();
        if (into.ReadInto(place, data.Get("geolocation"u8), Field("geolocation"))
            is { } refused)
        {
            return refused;
        }

        into.Country = place.Get("country"u8);
        return null;
    }

    private static string? NameOf(string? word, JsonObject data) => word switch
    {
        null or "" => null,
        "opened" => EventNames.EmailOpen,
        "clicked" => EventNames.EmailClick,
        "unsubscribed" => MailEventNames.Unsubscribe,
        "complained" => MailEventNames.Complained,
        "accepted" => MailEventNames.Accepted,
        "delivered" => MailEventNames.Delivered,
        "failed" when data.GetText("severity"u8)?.Text() == "temporary" =>
            MailEventNames.Deferred,
        "failed" or "rejected" => MailEventNames.Bounced,
        "stored" => MailEventNames.Stored,
        _ => MailEventNames.Other,
    };

    // Empty where it is none, else the name of the bot.
    private static bool IsBot(JsonMember? bot) =>
        bot is { Kind: JsonTokenType.True }
        || bot?.Text() is { Length: > 0 } and not ("none" or "false");

    private static JsonMember? Told(JsonMember? text) =>
        text is { Kind: JsonTokenType.String } told && told.Text() != "" ? told : null;

    private static string DayOf(long us) =>
        Micros.ToTime(us).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Field(string name) => "event-data." + name;
}
