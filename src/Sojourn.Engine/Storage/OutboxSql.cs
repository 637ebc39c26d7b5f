using System.Data.Common;

namespace Sojourn.Storage;

/// <summary>The outbox's tables and questions, in words that all our databases know.</summary>
internal static class OutboxSql
{
    public const string Tables = """
        create table outbox (
            id text not null primary key,
            project text not null,
            person text not null,
            session text not null,
            rule text not null,
            step integer not null,
            address text not null,
            address_key text not null,
            template text not null,
            subject text,
            body text,
            message_id text not null,
            due_us bigint not null,
            state text not null,
            why text,
            answer text,
            tries integer not null,
            next_us bigint,
            created_us bigint not null,
            tried_us bigint,
            sent_us bigint,
            version integer not null,
            unique (project, person, rule, step)
        );
        create index outbox_due on outbox (next_us) where next_us is not null;
        create index outbox_list on outbox (project, id);
        create index outbox_tried on outbox (project, tried_us) where tried_us is not null;
        create index outbox_address on outbox (project, address_key, tried_us);

        create table suppressed_address (
            project text not null,
            address_key text not null,
            shown text not null,
            why text not null,
            by_whom text not null,
            at_us bigint not null,
            primary key (project, address_key)
        );
        create index suppressed_list on suppressed_address (project, at_us);
        """;

    /// <summary>Version 4 of version 3: on which side of the comparison a message is.</summary>
    public const string Arms = """
        alter table outbox add column decided_us bigint;
        alter table outbox add column share integer;
        alter table outbox add column held_out integer;
        create index outbox_decided on outbox (project, decided_us)
            where decided_us is not null;
        """;

    public const string Add = $"""
        insert into outbox ({Columns})
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19, $20, $21, 1, $22, $23, $24)
        on conflict do nothing
        """;

    public const string Due = $"""
        select {Columns} from outbox
        where next_us <= $1
        order by next_us, id
        limit $2
        """;

    public const string Find = $"select {Columns} from outbox where id = $1";

    public const string List = $"""
        select {Columns} from outbox
        where project = $1 and id < $2 and (state = $3 or $3 = '')
        order by id desc
        limit $4
        """;

    // A person is an address here, and counts on the side of their first message of the rule.
    public const string Decided = """
        select id, person, session, rule, address, share, held_out, decided_us, state, why
        from outbox
        where project = $1 and decided_us > $2 and step = 1 and share > 0 and not exists (
            select 1 from outbox earlier
            where earlier.project = outbox.project and earlier.address_key = outbox.address_key
                and earlier.rule = outbox.rule and earlier.step = 1 and earlier.share > 0
                and (earlier.decided_us < outbox.decided_us
                    or (earlier.decided_us = outbox.decided_us and earlier.id < outbox.id)))
        order by decided_us desc, id desc
        limit $3
        """;

    public const string Count = """
        select rule, state, why, count(*) from outbox
        where project = $1
        group by rule, state, why
        order by rule, state, why
        """;

    // Only what changes while a message is on its way.
    public const string Change = """
        update outbox
        set subject = $3, body = $4, state = $5, why = $6, answer = $7, tries = $8,
            next_us = $9, tried_us = $10, sent_us = $11, decided_us = $12, share = $13,
            held_out = $14, version = version + 1
        where id = $1 and version = $2
        """;

    public const string TriedOfPerson = """
        select tried_us from outbox
        where project = $1 and tried_us > $2 and id <> $3
            and (address_key = $4 or person = $5)
        order by tried_us desc
        limit 1
        """;

    // The one that has to be an hour old before there is room again.
    public const string TriedOfProject = """
        select tried_us from outbox
        where project = $1 and tried_us > $2 and id <> $3
        order by tried_us desc
        limit 1 offset $4
        """;

    public const string Suppress = """
        insert into suppressed_address (project, address_key, shown, why, by_whom, at_us)
        values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """;

    public const string Unsuppress =
        "delete from suppressed_address where project = $1 and address_key = $2";

    public const string FindSuppressed = $"""
        select {SuppressedColumns} from suppressed_address
        where project = $1 and address_key = $2
        """;

    public const string ListSuppressed = $"""
        select {SuppressedColumns} from suppressed_address
        where project = $1
        order by at_us desc, address_key
        limit $2
        """;

    private const string SuppressedColumns = "project, address_key, shown, why, by_whom, at_us";

    private const string Columns = """
        id, project, person, session, rule, step, address, address_key, template, subject, body,
        message_id, due_us, state, why, answer, tries, next_us, created_us, tried_us, sent_us,
        version, decided_us, share, held_out
        """;

    public static object?[] Added(OutboxRow row) =>
    [
        row.Id, row.Project, row.Person, row.Session, row.Rule, row.Step, row.Address,
        row.AddressKey, row.Template, row.Subject, row.Body, row.MessageId, row.DueUs, row.State,
        row.Why, row.Answer, row.Tries, row.NextUs, row.CreatedUs, row.TriedUs, row.SentUs,
        row.Arm?.DecidedUs, row.Arm?.Share, HeldOut(row),
    ];

    public static object?[] Changed(OutboxRow row) =>
    [
        row.Id, row.Version, row.Subject, row.Body, row.State, row.Why, row.Answer, row.Tries,
        row.NextUs, row.TriedUs, row.SentUs, row.Arm?.DecidedUs, row.Arm?.Share, HeldOut(row),
    ];

    public static OutboxRow Row(DbDataReader from) => new()
    {
        Id = from.GetString(0),
        Project = from.GetString(1),
        Person = from.GetString(2),
        Session = from.GetString(3),
        Rule = from.GetString(4),
        Step = from.GetInt32(5),
        Address = from.GetString(6),
        AddressKey = from.GetString(7),
        Template = from.GetString(8),
        Subject = Text(from, 9),
        Body = Text(from, 10),
        MessageId = from.GetString(11),
        DueUs = from.GetInt64(12),
        State = from.GetString(13),
        Why = Text(from, 14),
        Answer = Text(from, 15),
        Tries = from.GetInt32(16),
        NextUs = Number(from, 17),
        CreatedUs = from.GetInt64(18),
        TriedUs = Number(from, 19),
        SentUs = Number(from, 20),
        Version = from.GetInt32(21),
        Arm = Number(from, 22) is { } decided
            ? new OutboxArm(decided, from.GetInt32(23), from.GetInt32(24) != 0)
            : null,
    };

    public static OutboxDecision Decision(DbDataReader from) => new(
        from.GetString(0), from.GetString(1), from.GetString(2), from.GetString(3),
        from.GetString(4),
        new OutboxArm(from.GetInt64(7), from.GetInt32(5), from.GetInt32(6) != 0),
        from.GetString(8), Text(from, 9));

    public static SuppressedAddress Suppressed(DbDataReader from) => new(
        from.GetString(0), from.GetString(1), from.GetString(2), from.GetString(3),
        from.GetString(4), from.GetInt64(5));

    public static OutboxCount Counted(DbDataReader from) => new(
        from.GetString(0), from.GetString(1), Text(from, 2), from.GetInt64(3));

    private static int? HeldOut(OutboxRow row) =>
        row.Arm is { } arm ? (arm.IsHeldOut ? 1 : 0) : null;

    private static string? Text(DbDataReader from, int column) =>
        from.IsDBNull(column) ? null : from.GetString(column);

    private static long? Number(DbDataReader from, int column) =>
        from.IsDBNull(column) ? null : from.GetInt64(column);
}
