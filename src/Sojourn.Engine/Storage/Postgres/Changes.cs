using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>
/// Tells every server what a commit changed: the names stay in table <c>change</c> for a while,
/// and a notification says which row is new. A notification comes after its commit, in order.
/// </summary>
internal static class Changes
{
    /// <summary>Commits of a project that are remembered; older ones cannot be told.</summary>
    public const int Kept = 1_000;

    /// <summary>Where commits are announced.</summary>
    public const string Channel = "sojourn_change";

    /// <summary>Where new projects and keys are announced.</summary>
    public const string ProjectChannel = "sojourn_project";

    /// <summary>Where documents that changed are announced.</summary>
    public const string DocumentChannel = "sojourn_document";

    // No project's id; a payload's words are separated by spaces, so none may be empty.
    private const string OfServer = "-";

    public static async Task AnnounceAsync(
        Work work,
        string project,
        long sequence,
        IReadOnlyList<SessionChange> changes,
        CancellationToken cancel)
    {
        const string tell = """
            insert into change (project, sequence, changed, removed) values ($1, $2, $3, $4)
            """;
        const string forget = "delete from change where project = $1 and sequence <= $2";
        const string notify = "select pg_notify($1, $2)";
        var changed = changes.SelectMany(one => one.Changed).Select(one => one.Id.ToString());
        var removed = changes.SelectMany(one => one.Removed).Select(one => one.ToString());
        await work.ExecuteAsync(
            tell, [project, sequence, changed.ToArray(), removed.ToArray()], cancel);
        await work.ExecuteAsync(forget, [project, sequence - Kept], cancel);
        await work.ExecuteAsync(
            notify,
            [Channel, string.Create(CultureInfo.InvariantCulture, $"{project} {sequence}")],
            cancel);
    }

    public static Task AnnounceProjectAsync(Work work, CancellationToken cancel) =>
        work.ExecuteAsync($"notify {ProjectChannel}", cancel);

    public static Task AnnounceDocumentAsync(
        Work work, DocumentPlace place, CancellationToken cancel) => work.ExecuteAsync(
            "select pg_notify($1, $2)",
            [DocumentChannel, $"{place.Project ?? OfServer} {place.Collection} {place.Id}"],
            cancel);

    /// <summary>Reads which document changed; false for anybody else's words.</summary>
    public static bool TryParse(string payload, [NotNullWhen(true)] out DocumentPlace? place)
    {
        var words = payload.Split(' ');
        place = words.Length == 3
            ? new DocumentPlace(words[0] == OfServer ? null : words[0], words[1], words[2])
            : null;
        return place is not null;
    }

    /// <summary>Reads what a notification says; false for anybody else's words.</summary>
    public static bool TryParse(string payload, out string project, out long sequence)
    {
        var words = payload.Split(' ');
        project = words[0];
        sequence = 0;
        return words.Length == 2
            && long.TryParse(words[1], CultureInfo.InvariantCulture, out sequence);
    }

    /// <summary>What a commit changed; null when it is forgotten.</summary>
    public static async Task<SessionChanges?> ReadAsync(
        Work work,
        IReadOnlyList<SessionTable> tables,
        string project,
        long sequence,
        CancellationToken cancel)
    {
        const string ask = """
            select changed, removed from change where project = $1 and sequence = $2
            """;
        var rows = await work.ListAsync(
            ask,
            [project, sequence],
            row => (
                Changed: IdsOf(row.GetFieldValue<string[]>(0)),
                Removed: IdsOf(row.GetFieldValue<string[]>(1))),
            cancel);
        if (rows.Count == 0)
            return null;

        var changed = new List<Session>();
        foreach (var table in tables)
        {
            var ids = rows[0].Changed.Where(id => id.Kind == table.Kind.IdPrefix).ToArray();
            if (ids.Length > 0)
                changed.AddRange(await SessionRows.OfIdsAsync(work, table, project, ids, cancel));
        }

        return new SessionChanges(sequence, changed, rows[0].Removed);
    }

    private static SessionId[] IdsOf(string[] texts) =>
    [
        .. texts.Select(text => SessionId.TryParse(text, out var id)
            ? id
            : throw new InvalidDataException($"Table change names no session: {text}")),
    ];
}
