using System.Globalization;
using System.Text;
using Npgsql;
using Sojourn.Events;
using Sojourn.Queries;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>The table of one kind's sessions: its columns follow from the kind's fields.</summary>
internal sealed class SessionTable
{
    /// <summary>
    /// Counted up when folding changes its mind about something, so that stored sessions are
    /// folded anew when a newer program opens older data.
    /// </summary>
    private const int FoldVersion = 1;

    private readonly Dictionary<string, int> _fieldPlaces = [];

    public SessionTable(SessionKind kind)
    {
        Kind = kind;
        Name = "session_" + kind.Name;
        var columns = new List<SessionColumn>(SessionColumn.Common);
        for (var place = 0; place < kind.Fields.Count; place++)
        {
            _fieldPlaces[kind.Fields[place].Name] = place;
            columns.AddRange(SessionColumn.Of(kind.Fields[place], place));
        }

        Columns = columns;
        ColumnNames = string.Join(", ", columns.Select(column => column.Name));
    }

    public SessionKind Kind { get; }

    public string Name { get; }

    /// <summary>All that a session's row shows; the table has three more for its own use.</summary>
    public IReadOnlyList<SessionColumn> Columns { get; }

    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public string ColumnNames { get; }

    /// <summary>Differs from what is stored when the table must be made and filled anew.</summary>
    public string Shape => string.Create(
        CultureInfo.InvariantCulture,
        $"{FoldVersion}: {string.Join(", ", Columns.Select(column => column.Declaration))}");

    public string Creation => $"""
        create table {Name} (
            project text not null,
            {string.Join(",\n    ", Columns.Select(column => column.Declaration))},
            searched text collate "C" not null,
            content bigint not null,
            primary key (project, bucket, part)
        );
        create index {Name}_by_start on {Name} (project, started_us);
        """;

    /// <summary>What SQL calls a field's value.</summary>
    /// <param name="field">A common field or one of the kind's.</param>
    /// <param name="now">The parameter that holds the instant of asking.</param>
    /// <returns>Null when the kind has no such field.</returns>
    public string? Expression(Field field, string now)
    {
        if (field == CommonFields.Status)
            return $"(case when until_us <= {now} then later_status else status end)";
        if (field == CommonFields.Duration)
            return "(ended_us - started_us)";
        if (field == CommonFields.Contains)
            return "event_names";
        if (field == CommonFields.Person)
            return "person_id";
        if (CommonFields.All.Contains(field))
            return field.Type == FieldType.Time ? field.Name + "_us" : field.Name;
        return _fieldPlaces.ContainsKey(field.Name) ? SessionColumn.NameOf(field) : null;
    }

    /// <summary>Equal for sessions whose rows are equal.</summary>
    public long ContentOf(Session session)
    {
        var text = new StringBuilder();
        foreach (var column in Columns)
        {
            var value = column.ValueOf(session);
            foreach (var part in value as object?[] ?? [value])
            {
                var word = Convert.ToString(part, CultureInfo.InvariantCulture);
                text.Append(part is null ? -1 : word!.Length).Append(':').Append(word);
            }

            text.Append(';');
        }

        return Bucket.Of(text.ToString());
    }

    /// <summary>A session as lists show it: without its detail and first event.</summary>
    public Session Read(NpgsqlDataReader row)
    {
        var values = new object?[Kind.Fields.Count];
        var at = SessionColumn.Common.Count;
        for (var place = 0; place < values.Length; place++)
            values[place] = ReadValue(row, Kind.Fields[place].Type, ref at);
        return ReadCommon(row, Kind) with { Values = values };
    }

    /// <summary>A number by which lists can be sorted; null when the session has none.</summary>
    public long? SortValueOf(Session session, Field field)
    {
        if (field == CommonFields.Started)
            return session.StartedUs;
        if (field == CommonFields.LastEvent)
            return session.LastEventUs;
        if (field == CommonFields.Duration)
            return session.DurationUs;
        if (field == CommonFields.Events)
            return session.Events;
        return !_fieldPlaces.TryGetValue(field.Name, out var place)
            ? null
            : session.Values[place] switch
            {
                long number => number,
                Money money => money.MinorUnits,
                _ => null,
            };
    }

    private static object? ReadValue(NpgsqlDataReader row, FieldType type, ref int at)
    {
        var here = at;
        at += type == FieldType.Money ? 2 : 1;
        if (row.IsDBNull(here))
            return null;

        return type switch
        {
            FieldType.Category or FieldType.Text => row.GetString(here),
            FieldType.Money => new Money(row.GetInt64(here), row.GetString(here + 1)),
            FieldType.Set or FieldType.Path => row.GetFieldValue<string[]>(here),
            _ => row.GetInt64(here),
        };
    }

    private static Session ReadCommon(NpgsqlDataReader row, SessionKind kind) => new()
    {
        Id = new SessionId(
            kind.IdPrefix, Bucket.FromRow(row.GetInt64(0)), Bucket.FromRow(row.GetInt64(1))),
        Kind = kind.Name,
        Key = row.GetString(2),
        PersonId = row.GetString(3),
        AnonymousId = row.TextOrNull(4),
        UserId = row.TextOrNull(5),
        Email = row.TextOrNull(6),
        Name = row.TextOrNull(7),
        StartedUs = row.GetInt64(8),
        LastEventUs = row.GetInt64(9),
        EndedUs = row.GetInt64(10),
        Events = row.GetInt32(11),
        RawEvents = row.GetInt32(12),
        Entry = row.GetString(13),
        Exit = row.GetString(14),
        StartReason = (SessionEdge)row.GetInt16(15),
        Lifecycle = new Lifecycle(
            row.GetString(16),
            (SessionEdge)row.GetInt16(17),
            row.LongOrNull(18),
            row.GetString(19),
            (SessionEdge)row.GetInt16(20)),
        Device = row.TextOrNull(21),
        Country = row.TextOrNull(22),
        Source = row.GetString(23),
        SuppressedBy = row.TextOrNull(24),
        Version = row.GetInt32(25),
        Archived = row.GetBoolean(26),
        EventNames = row.GetFieldValue<string[]>(27),
        Values = [],
    };
}
