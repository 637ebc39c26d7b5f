using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Sojourn.Queries;
using Sojourn.Storage;

namespace Sojourn.Server.Api.Outreach;

/// <summary>A question for messages, and its answer.</summary>
internal static class OutboxQuestion
{
    /// <summary>What may be asked for.</summary>
    public static IReadOnlyList<(string Name, string Text)> Parameters { get; } =
    [
        ("state", $"One of {string.Join(", ", OutboxStates.All)}."),
        ("limit", $"1 to {OutboxRow.ListMax}; 50 unless said."),
        ("before", "The last answer's next."),
    ];

    /// <summary>Reads an address; false with what is wrong.</summary>
    public static bool TryRead(
        IQueryCollection asked, out OutboxQuery query, [NotNullWhen(false)] out QueryFault? fault)
    {
        query = new OutboxQuery();
        fault = null;
        foreach (var (name, values) in asked)
        {
            var text = values.ToString();
            switch (name)
            {
                case "state" when OutboxStates.All.Contains(text):
                    query = query with { State = text };
                    break;
                case "limit" when int.TryParse(
                    text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
                    && limit is >= 1 and <= OutboxRow.ListMax:
                    query = query with { Limit = limit };
                    break;
                case "before" when text.Length > 0 && text.All(char.IsAsciiHexDigitLower):
                    query = query with { Before = text };
                    break;
                case "project": // Of people who are signed in.
                    break;
                default:
                    fault = FaultOf(name);
                    return false;
            }
        }

        return true;
    }

    /// <summary>Writes the answer.</summary>
    public static void Write(
        Utf8JsonWriter json, OutboxQuery query, IReadOnlyList<OutboxRow> rows,
        IReadOnlyList<OutboxCount> counts)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (var row in rows)
            Write(json, row);
        json.WriteEndArray();
        json.WriteString("next"u8, rows.Count == query.Limit ? rows[^1].Id : null);
        json.WriteStartArray("counts"u8);
        foreach (var count in counts)
        {
            json.WriteStartObject();
            json.WriteString("rule"u8, count.Rule);
            json.WriteString("state"u8, count.State);
            json.WriteString("why"u8, count.Why);
            json.WriteNumber("count"u8, count.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, OutboxRow row)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("session"u8, row.Session);
        json.WriteString("person"u8, row.Person);
        json.WriteString("address"u8, row.Address);
        json.WriteString("rule"u8, row.Rule);
        json.WriteNumber("step"u8, row.Step);
        json.WriteString("template"u8, row.Template);
        json.WriteString("subject"u8, row.Subject);
        json.WriteString("message_id"u8, row.MessageId);
        json.WriteString("state"u8, row.State);
        json.WriteString("why"u8, row.Why);
        json.WriteString("answer"u8, row.Answer);
        json.WriteNumber("tries"u8, row.Tries);
        json.WriteTime("created"u8, row.CreatedUs);
        json.WriteTime("due"u8, row.DueUs);
        json.WriteTime("next_try"u8, row.NextUs);
        json.WriteTime("tried"u8, row.TriedUs);
        json.WriteTime("sent"u8, row.SentUs);
        json.WriteTime("decided"u8, row.Arm?.DecidedUs);
        if (row.Arm is { } arm)
        {
            json.WriteNumber("share"u8, arm.Share);
            json.WriteBoolean("held_out"u8, arm.IsHeldOut);
        }
        else
        {
            json.WriteNull("share"u8);
            json.WriteNull("held_out"u8);
        }

        json.WriteEndObject();
    }

    private static QueryFault FaultOf(string name) =>
        Parameters.FirstOrDefault(one => one.Name == name) is { Text: { } text }
            ? new QueryFault(name, $"This is no {name}.", text)
            : new QueryFault(name, "There is no such parameter.", "Use state, limit, before.");
}
