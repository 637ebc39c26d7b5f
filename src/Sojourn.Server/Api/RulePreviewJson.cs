using System.Text.Json;
using Sojourn.Server.Rules;

namespace Sojourn.Server.Api;

/// <summary>What other rules would change, as JSON.</summary>
internal static class RulePreviewJson
{
    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter json, RulePreview preview)
    {
        json.WriteStartObject();
        if (preview.SinceUs is { } since)
            json.WriteTime("since"u8, since);
        else
            json.WriteNull("since"u8);
        json.WriteNumber("sessions"u8, preview.Sessions);
        json.WriteNumber("changed"u8, preview.Changed);
        json.WriteStartObject("fields"u8);
        foreach (var (name, count) in preview.Fields)
            json.WriteNumber(name, count);
        json.WriteEndObject();
        json.WriteStartArray("moves"u8);
        foreach (var move in preview.Moves)
            Write(json, move);
        json.WriteEndArray();
        json.WriteNumber("suppressed_before"u8, preview.HiddenBefore);
        json.WriteNumber("suppressed_after"u8, preview.HiddenAfter);
        if (preview.Leads is { } leads)
            Write(json, leads);
        else
            json.WriteNull("leads"u8);
        json.WriteNumber("took_ms"u8, Math.Round((decimal)preview.Took.TotalMilliseconds, 3));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RuleMove move)
    {
        json.WriteStartObject();
        json.WriteString("field"u8, move.Field);
        json.WriteString("before"u8, move.Before);
        json.WriteString("after"u8, move.After);
        json.WriteNumber("sessions"u8, move.Sessions);
        json.WriteStartArray("examples"u8);
        foreach (var id in move.Examples)
            json.WriteStringValue(id.ToString());
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LeadChanges leads)
    {
        json.WriteStartObject("leads"u8);
        json.WriteNumber("up"u8, leads.Up);
        json.WriteNumber("down"u8, leads.Down);
        json.WriteNumber("unchanged"u8, leads.Unchanged);
        json.WriteNumber("mean_change"u8, leads.MeanChange);
        json.WriteEndObject();
    }
}
