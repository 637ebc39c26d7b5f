using System.Text.Json;
using Sojourn.Events;

namespace Sojourn.Ingest.Mail;

/// <summary>One element of the array that SendGrid's event webhook posts.</summary>
internal static class SendGridNotice
{
    // The sender's custom arguments stand beside them, with nothing to tell them by.
    private static readonly HashSet<string> _read = new(StringComparer.Ordinal)
    {
        "event", "timestamp", "sg_event_id", "sg_message_id", "sg_machine_open", "email",
        "category", "reason", "url",
    };

    private static readonly HashSet<string> _readOfPerson =
        new(_read, StringComparer.Ordinal) { "ip", "useragent" };

    public static RefusalCode? Read(JsonObject members, MailNotice into)
    {
        into.Word = members.Get("event"u8);
        into.Name = NameOf(into.Word?.Text());
        into.TimeUs = MailNotice.SecondsIn(members.Get("timestamp"u8));
        into.Email = members.Get("email"u8);
        into.MessageId = members.GetText("sg_message_id"u8)?.Text()?.Split('.')[0];
        into.IsMachine = IsTrue(members.Get("sg_machine_open"u8));
        into.Url = members.Get("url"u8);
        into.Tags = members.Get("category"u8);
        into.Reason = members.Get("reason"u8);
        into.Arguments = members;
        into.NoArguments = into.IsOfPerson ? _readOfPerson : _read;
        if (into.IsOfPerson)
        {
            into.Ip = members.Get("ip"u8);
            into.UserAgent = members.Get("useragent"u8);
        }

        if (members.GetText("sg_event_id"u8)?.Text() is not { Length: > 0 } id)
            return into.Refuse(RefusalCodes.IdMissing, "sg_event_id");

        into.Id = into.IdOf(id);
        return null;
    }

    public static string FieldOf(string ours) => ours switch
    {
        "name" => "event",
        "time" => "timestamp",
        "person_id" => "email",
        "context.ip" => "ip",
        "context.user_agent" => "useragent",
        "properties.tags" => "category",
        _ => ours.StartsWith("properties.", StringComparison.Ordinal)
            ? ours["properties.".Length..]
            : ours,
    };

    private static string? NameOf(string? word) => word switch
    {
        null or "" => null,
        "open" => EventNames.EmailOpen,
        "click" => EventNames.EmailClick,
        "unsubscribe" or "group_unsubscribe" => MailEventNames.Unsubscribe,
        "group_resubscribe" => MailEventNames.Resubscribe,
        "spamreport" => MailEventNames.Complained,
        "processed" => MailEventNames.Processed,
        "deferred" => MailEventNames.Deferred,
        "delivered" => MailEventNames.Delivered,
        "bounce" or "dropped" => MailEventNames.Bounced,
        _ => MailEventNames.Other,
    };

    // It has been seen as a boolean and as text.
    private static bool IsTrue(JsonMember? member) =>
        member is { Kind: JsonTokenType.True }
        || string.Equals(member?.Text(), "true", StringComparison.OrdinalIgnoreCase);
}
