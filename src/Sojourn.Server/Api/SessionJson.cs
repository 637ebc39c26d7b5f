using System.Text.Json;
using System.Text.Json.Serialization;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>
/// A session as JSON: what all have in common, then an object named after the lens with the
/// lens's own fields.
/// </summary>
internal static class SessionJson
{
    private static readonly JsonSerializerOptions DetailOptions = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = Json.Options.Encoder,
        Converters =
        {
            new MoneyConverter(),
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
        },
    };

    /// <summary>Writes one session as an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="project">The project it belongs to.</param>
    /// <param name="lens">The list it is shown in.</param>
    /// <param name="session">The session.</param>
    /// <param name="nowUs">The instant its status holds for.</param>
    public static void Write(
        Utf8JsonWriter json, Project project, Lens lens, Session session, long nowUs)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, session.Id.ToString());
        json.WriteString("lens"u8, lens.Name);
        json.WriteString("kind"u8, session.Kind);
        json.WriteString("project"u8, project.Id);
        WritePerson(json, session);
        WriteCommon(json, lens, session, nowUs);
        WriteOwn(json, lens, session, nowUs);
        if (session.Detail is { } detail)
        {
            json.WritePropertyName("detail"u8);
            JsonSerializer.Serialize(json, detail, detail.GetType(), DetailOptions);
        }

        json.WriteEndObject();
    }

    /// <summary>What the lens calls its events.</summary>
    public static long EventsOf(Lens lens, Session session) =>
        lens.EventCount == CommonFields.Events
            ? session.Events
            : ValueOf(lens, session, lens.EventCount) as long? ?? 0;

    /// <summary>The value of a field of the lens's own.</summary>
    public static object? ValueOf(Lens lens, Session session, Field field)
    {
        var fields = lens.Kind.Fields;
        for (var place = 0; place < fields.Count; place++)
        {
            if (ReferenceEquals(fields[place], field))
                return session.Values[place];
        }

        throw new ArgumentException($"{lens.Name} has no field {field.Name}.", nameof(field));
    }

    private static void WriteCommon(
        Utf8JsonWriter json, Lens lens, Session session, long nowUs)
    {
        json.WriteTime("started"u8, session.StartedUs);
        json.WriteTime("last_event"u8, session.LastEventUs);
        json.WriteTime("ended"u8, session.EndedUs);
        json.WriteMs("duration_ms"u8, session.DurationUs);
        json.WriteNumber("events"u8, EventsOf(lens, session));
        json.WriteNumber("raw_events"u8, session.RawEvents);
        json.WriteString("entry"u8, session.Entry);
        json.WriteString("exit"u8, session.Exit);
        json.WriteString("start_reason"u8, session.StartReason.ToText());
        json.WriteString("end_reason"u8, session.Lifecycle.EndReasonAt(nowUs).ToText());
        json.WriteString("status"u8, session.Lifecycle.StatusAt(nowUs));
        json.WriteString("device"u8, session.Device);
        json.WriteString("country"u8, session.Country);
        json.WriteString("source"u8, session.Source);
        json.WriteString("suppressed_by"u8, session.SuppressedBy);
        json.WriteNumber("version"u8, session.Version);
        json.WriteBoolean("archived"u8, session.Archived);
    }

    private static void WritePerson(Utf8JsonWriter json, Session session)
    {
        json.WriteStartObject("person"u8);
        json.WriteString("id"u8, session.PersonId);
        json.WriteString("anonymous_id"u8, session.AnonymousId);
        json.WriteString("user_id"u8, session.UserId);
        json.WriteString("email"u8, session.Email);
        json.WriteString("name"u8, session.Name);
        json.WriteEndObject();
    }

    private static void WriteOwn(
        Utf8JsonWriter json, Lens lens, Session session, long nowUs)
    {
        var more = (session.Detail as ISessionDetail)?.More.ToLookup(one => one.Under);
        json.WriteStartObject(lens.Singular);
        foreach (var field in lens.Fields.Where(one => one.Under is null))
            WriteField(json, lens, session, field);
        foreach (var (name, at) in lens.Passing)
            json.WriteString(name, at(session, nowUs));
        WriteMore(json, more?[null]);
        foreach (var group in lens.Fields.Where(one => one.Under is not null)
            .GroupBy(one => one.Under!))
        {
            json.WriteStartObject(group.Key);
            foreach (var field in group)
                WriteField(json, lens, session, field);
            WriteMore(json, more?[group.Key]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMore(Utf8JsonWriter json, IEnumerable<DetailMember>? members)
    {
        foreach (var (_, name, value) in members ?? [])
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, DetailOptions);
        }
    }

    private static void WriteField(
        Utf8JsonWriter json, Lens lens, Session session, Field field)
    {
        json.WritePropertyName(field.As ?? field.Name);
        WriteValue(json, field, ValueOf(lens, session, field));
    }

    private static void WriteValue(Utf8JsonWriter json, Field field, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case long us when field.Type == FieldType.Time:
                json.WriteStringValue(Micros.ToText(us));
                break;
            case long percent when field.IsShare:
                json.WriteNumberValue(percent / 100m);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case Money money:
                json.WriteMoney(money);
                break;
            case IEnumerable<string> words:
                json.WriteStartArray();
                foreach (var word in words) json.WriteStringValue(word);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(
            ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            throw new NotSupportedException("Details are only written.");

        public override void Write(
            Utf8JsonWriter json, Money money, JsonSerializerOptions options) =>
            json.WriteMoney(money);
    }
}
