using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest.Mail;

/// <summary>The object that Postmark's webhooks post.</summary>
internal static class PostmarkNotice
{
    private static readonly HashSet<string> _noArguments = [];

    public static RefusalCode? Read(JsonObject members, MailNotice into)
    {
        into.Word = members.Get("RecordType"u8);
        into.Name = NameOf(into.Word?.Text(), members);
        into.Email = members.Get("Recipient"u8) ?? members.Get("Email"u8);
        into.MessageId = members.GetText("MessageID"u8)?.Text();
        into.Url = members.Get("OriginalLink"u8);
        into.Subject = members.Get("Subject"u8);
        into.Tags = members.Get("Tag"u8) is { } tag && tag.Text() != "" ? tag : null;
        into.Reason = members.Get("Description"u8) ?? members.Get("SuppressionReason"u8);
        into.NoArguments = _noArguments;
        AddDetails(members, into);
        var time = members.GetText("ReceivedAt"u8) ?? members.GetText("DeliveredAt"u8)
            ?? members.GetText("BouncedAt"u8) ?? members.GetText("ChangedAt"u8);
        into.TimeUs = TimeIn(time);
        into.Id = into.HashedIdOf(string.Join(
            '\0',
            into.Word?.Text(),
            into.MessageId,
            time?.Text(),
            into.Url?.Text(),
            into.Email?.Text()));
        return into.ReadInto(into.Arguments, members.Get("Metadata"u8), "Metadata")
            ?? (into.IsOfPerson ? ReadPerson(members, into) : null);
    }

    public static string FieldOf(string ours) => ours switch
    {
        "name" => "RecordType",
        "time" => "ReceivedAt",
        "person_id" => "Recipient",
        "context.ip" => "Geo.IP",
        "context.country" => "Geo.CountryISOCode",
        "context.user_agent" => "UserAgent",
        "properties.url" => "OriginalLink",
        "properties.tags" => "Tag",
        "user_id" or "anonymous_id" => "Metadata." + ours,
        _ => ours.StartsWith("properties.", StringComparison.Ordinal)
            ? "Metadata." + ours["properties.".Length..]
            : ours,
    };

    private static RefusalCode? ReadPerson(JsonObject members, MailNotice into)
    {
        var place = new JsonObject();
        if (into.ReadInto(place, members.Get("Geo"u8), "Geo") is { } refused)
            return refused;

        into.Ip = place.Get("IP"u8);
        into.Country = place.Get("CountryISOCode"u8);
        into.UserAgent = members.Get("UserAgent"u8);
        return null;
    }

    private static void AddDetails(JsonObject members, MailNotice into)
    {
        into.Details.AddRange(
        [
            ("message_stream", members.Get("MessageStream"u8)),
            ("type", members.Get("Type"u8)),
            ("details", members.Get("Details"u8)),
            ("inactive", members.Get("Inactive"u8)),
            ("first_open", members.Get("FirstOpen"u8)),
            ("platform", members.Get("Platform"u8)),
            ("click_location", members.Get("ClickLocation"u8)),
            ("origin", members.Get("Origin"u8)),
        ]);
    }

    private static string? NameOf(string? word, JsonObject members) => word switch
    {
        null or "" => null,
        "Open" => EventNames.EmailOpen,
        "Click" => EventNames.EmailClick,
        "Delivery" => MailEventNames.Delivered,
        "Bounce" => MailEventNames.Bounced,
        "SpamComplaint" => MailEventNames.Complained,
        "SubscriptionChange" => NameOfChange(members),
        _ => MailEventNames.Other,
    };

    // An address is also stopped because it bounced, or by the sender's own staff.
    private static string NameOfChange(JsonObject members)
    {
        var isOfPerson = members.GetText("SuppressionReason"u8)?.Text() != "HardBounce"
            && members.GetText("Origin"u8)?.Text() is not ("Customer" or "Admin");
        return members.Get("SuppressSending"u8) switch
        {
            { Kind: JsonTokenType.True } =>
                isOfPerson ? MailEventNames.Unsubscribe : MailEventNames.Suppressed,
            { Kind: JsonTokenType.False } =>
                isOfPerson ? MailEventNames.Resubscribe : MailEventNames.Unsuppressed,
            _ => MailEventNames.Other,
        };
    }

    private static long? TimeIn(JsonMember? time) =>
        time is { } told && Rfc3339.TryParse(told.Value.Span[1..^1], out var us) ? us : null;
}
