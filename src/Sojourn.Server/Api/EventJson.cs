using System.Text.Json;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Server.Api;

/// <summary>Events and actions as JSON, in the names of the native format.</summary>
internal static class EventJson
{
    /// <summary>An event as it is stored, with what we added.</summary>
    public static void Write(Utf8JsonWriter json, StoredEvent stored)
    {
        var e = stored.Event;
        json.WriteStartObject();
        json.WriteString("id"u8, e.Id);
        json.WriteString("name"u8, e.Name);
        json.WriteString("person_id"u8, e.UserId);
        json.WriteString("anonymous_id"u8, e.AnonymousId);
        json.WriteTime("time"u8, e.TimeUs);
        json.WriteTime("occurred_at"u8, e.OccurredUs);
        json.WriteTime("sent_at"u8, e.SentUs);
        json.WriteTime("received_at"u8, e.ReceivedUs);
        if (e.Seq is { } seq) json.WriteNumber("seq"u8, seq);
        json.WriteString("trust"u8, TextOf(e.Trust));
        json.WriteBoolean("clock_suspect"u8, e.ClockSuspect);
        json.WriteString("suppressed_by"u8, stored.SuppressedBy);
        WriteContent(json, e);
        json.WriteEndObject();
    }

    /// <summary>An event as a sender would write it: what sending it again needs.</summary>
    public static void WriteToSend(Utf8JsonWriter json, Event e)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, e.Id);
        json.WriteString("name"u8, e.Name);
        if (e.UserId is not null) json.WriteString("person_id"u8, e.UserId);
        if (e.AnonymousId is not null) json.WriteString("anonymous_id"u8, e.AnonymousId);
        if (e.OccurredUs is { } time) json.WriteTime("time"u8, time);
        if (e.Seq is { } seq) json.WriteNumber("seq"u8, seq);
        WriteContent(json, e);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, StaffAction action)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, action.Id);
        json.WriteNumber("number"u8, action.Number);
        json.WriteString("type"u8, action.Type);
        json.WriteString("to"u8, action.To);
        json.WriteString("text"u8, action.Text);
        json.WriteString("actor"u8, action.Actor);
        json.WriteTime("at"u8, action.AcceptedUs);
        json.WriteEndObject();
    }

    /// <summary>How far a sender is believed, as a word.</summary>
    public static string TextOf(Trust trust) => trust switch
    {
        Trust.Claimed => "claimed",
        Trust.Verified => "verified",
        _ => "staff",
    };

    private static void WriteContent(Utf8JsonWriter json, Event e)
    {
        json.WritePropertyName("properties"u8);
        json.WriteRawValue(e.Properties.Json.Span, skipInputValidation: true);
        json.WriteStartObject("context"u8);
        var context = e.Context;
        WriteTold(json, "ip"u8, context.Ip);
        WriteTold(json, "user_agent"u8, context.UserAgent);
        WriteTold(json, "url"u8, context.Url);
        WriteTold(json, "referrer"u8, context.Referrer);
        WriteTold(json, "locale"u8, context.Locale);
        WriteTold(json, "country"u8, context.Country);
        if (context.Campaign is { } campaign)
        {
            json.WriteStartObject("campaign"u8);
            WriteTold(json, "name"u8, campaign.Name);
            WriteTold(json, "source"u8, campaign.Source);
            WriteTold(json, "medium"u8, campaign.Medium);
            WriteTold(json, "term"u8, campaign.Term);
            WriteTold(json, "content"u8, campaign.Content);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTold(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
