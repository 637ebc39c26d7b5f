using NpgsqlTypes;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>One column of a table of sessions.</summary>
/// <param name="Name">As in SQL; a constant of ours, never anything a user wrote.</param>
/// <param name="Type">What it holds.</param>
/// <param name="ValueOf">What a session has there; null = SQL's null.</param>
internal sealed record SessionColumn(
    string Name, NpgsqlDbType Type, Func<Session, object?> ValueOf)
{
    /// <summary>A list of words.</summary>
    public const NpgsqlDbType Words = NpgsqlDbType.Array | NpgsqlDbType.Text;

    /// <summary>The columns every kind has, in the order they are written and read.</summary>
    public static readonly IReadOnlyList<SessionColumn> Common =
    [
        new("bucket", NpgsqlDbType.Bigint, one => Bucket.ToRow(one.Id.Key)),
        new("part", NpgsqlDbType.Bigint, one => Bucket.ToRow(one.Id.Part)),
        new("key", NpgsqlDbType.Text, one => one.Key),
        new("person_id", NpgsqlDbType.Text, one => one.PersonId),
        new("anonymous_id", NpgsqlDbType.Text, one => one.AnonymousId),
        new("user_id", NpgsqlDbType.Text, one => one.UserId),
        new("email", NpgsqlDbType.Text, one => one.Email),
        new("name", NpgsqlDbType.Text, one => one.Name),
        new("started_us", NpgsqlDbType.Bigint, one => one.StartedUs),
        new("last_event_us", NpgsqlDbType.Bigint, one => one.LastEventUs),
        new("ended_us", NpgsqlDbType.Bigint, one => one.EndedUs),
        new("events", NpgsqlDbType.Integer, one => one.Events),
        new("raw_events", NpgsqlDbType.Integer, one => one.RawEvents),
        new("entry", NpgsqlDbType.Text, one => one.Entry),
        new("exit", NpgsqlDbType.Text, one => one.Exit),
        new("start_reason", NpgsqlDbType.Smallint, one => (short)one.StartReason),
        new("status", NpgsqlDbType.Text, one => one.Lifecycle.Status),
        new("end_reason", NpgsqlDbType.Smallint, one => (short)one.Lifecycle.EndReason),
        new("until_us", NpgsqlDbType.Bigint, one => one.Lifecycle.UntilUs),
        new("later_status", NpgsqlDbType.Text, one => one.Lifecycle.LaterStatus),
        new("later_end_reason", NpgsqlDbType.Smallint,
            one => (short)one.Lifecycle.LaterEndReason),
        new("device", NpgsqlDbType.Text, one => one.Device),
        new("country", NpgsqlDbType.Text, one => one.Country),
        new("source", NpgsqlDbType.Text, one => one.Source),
        new("suppressed_by", NpgsqlDbType.Text, one => one.SuppressedBy),
        new("version", NpgsqlDbType.Integer, one => one.Version),
        new("archived", NpgsqlDbType.Boolean, one => one.Archived),
        new("event_names", Words, one => one.EventNames.ToArray()),
    ];

    /// <summary>The columns of a kind's own field: two for money, else one.</summary>
    public static IEnumerable<SessionColumn> Of(Field field, int place)
    {
        yield return new SessionColumn(
            NameOf(field), TypeOf(field.Type), one => ToRow(one.Values[place]));
        if (field.Type == FieldType.Money)
        {
            yield return new SessionColumn(
                NameOf(field) + "_currency",
                NpgsqlDbType.Text,
                one => one.Values[place] is Money money ? money.Currency : null);
        }
    }

    /// <summary>The column of a kind's own field; the prefix keeps it apart from ours.</summary>
    public static string NameOf(Field field) => "f_" + field.Name;

    /// <summary>The column as <c>create table</c> wants it.</summary>
    public string Declaration => $"{Name} {SqlType}";

    // Words compare byte by byte, as they do in memory.
    private string SqlType => Type switch
    {
        NpgsqlDbType.Text => "text collate \"C\"",
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Integer => "integer",
        NpgsqlDbType.Smallint => "smallint",
        NpgsqlDbType.Boolean => "boolean",
        Words => "text[] collate \"C\"",
        _ => throw new ArgumentOutOfRangeException(nameof(Type), Type, "No such column type."),
    };

    private static NpgsqlDbType TypeOf(FieldType type) => type switch
    {
        FieldType.Category or FieldType.Text => NpgsqlDbType.Text,
        FieldType.Number or FieldType.Time or FieldType.Money => NpgsqlDbType.Bigint,
        FieldType.Set or FieldType.Path => Words,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such field type."),
    };

    private static object? ToRow(object? value) => value switch
    {
        Money money => money.MinorUnits,
        IEnumerable<string> words => words.ToArray(),
        _ => value,
    };
}
