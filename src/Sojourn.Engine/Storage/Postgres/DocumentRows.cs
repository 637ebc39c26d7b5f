using Npgsql;

namespace Sojourn.Storage.Postgres;

/// <summary>Writes and reads table <c>document</c>.</summary>
internal static class DocumentRows
{
    // A key's column cannot be null.
    private const string OfServer = "";

    private const string All =
        "select project, collection, id, version, content, hash from document";

    public static async Task<DocumentBook> ReadAsync(Work work, CancellationToken cancel) =>
        DocumentBook.Of(
            (await work.ListAsync(All, [], Read, cancel)).Select(row => row.Document));

    public static async Task<Document?> FindAsync(
        Work work, DocumentPlace place, CancellationToken cancel)
    {
        const string ask = $"{All} where project = $1 and collection = $2 and id = $3";
        var rows = await work.ListAsync(ask, Names(place), Read, cancel);
        return rows.Count == 0 ? null : rows[0].Document;
    }

    /// <summary>Stores a text, or deletes what is there when it is null.</summary>
    /// <returns>Why not, or null when it is done.</returns>
    public static async Task<DocumentRefusal?> ChangeAsync(
        Work work, DocumentPlace place, int expected, string? json, CancellationToken cancel)
    {
        if (json is null)
            return await DeleteAsync(work, place, expected, cancel);
        if (DocumentBook.IsTooLarge(json))
            return DocumentRefusal.TooLarge;

        var document = new Document(place, expected + 1, json);
        return expected == 0
            ? await InsertAsync(work, document, cancel)
            : await UpdateAsync(work, document, cancel);
    }

    /// <summary>A project with its rules as the transaction sees them.</summary>
    public static async Task<Project> RuledAsync(
        Work work, Project project, CancellationToken cancel)
    {
        const string ask = $"{All} where project = $1 and collection = $2";
        var rows = await work.ListAsync(ask, [project.Id, RuleSets.Collection], Read, cancel);
        var rules = rows.Select(row => row.Document).ToList();
        return project with { Settings = project.Settings.With(rules) };
    }

    /// <summary>Names every document that is not what was stored.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(
        Work work, CancellationToken cancel) =>
    [
        .. from row in await work.ListAsync(All, [], Read, cancel)
           where !row.Hash.AsSpan().SequenceEqual(row.Document.Hash())
           select $"document {row.Document.Place} is not what was stored",
    ];

    private static async Task<DocumentRefusal?> InsertAsync(
        Work work, Document document, CancellationToken cancel)
    {
        const string count =
            "select count(*) from document where project = $1 and collection = $2";
        const string insert = """
            insert into document (project, collection, id, version, content, hash)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (project, collection, id) do nothing
            """;
        object[] collection = [document.Place.Project ?? OfServer, document.Place.Collection];

        // Several at once may pass the limit by their number, which does no harm.
        if ((long)(await work.ScalarAsync(count, collection, cancel))! >= Document.CollectionMax)
            return DocumentRefusal.TooMany;

        return await work.ExecuteAsync(insert, Values(document), cancel) == 0
            ? DocumentRefusal.Stale
            : null;
    }

    private static async Task<DocumentRefusal?> UpdateAsync(
        Work work, Document document, CancellationToken cancel)
    {
        const string update = """
            update document set version = $4, content = $5, hash = $6
            where project = $1 and collection = $2 and id = $3 and version = $4 - 1
            """;
        return await work.ExecuteAsync(update, Values(document), cancel) == 0
            ? DocumentRefusal.Stale
            : null;
    }

    private static async Task<DocumentRefusal?> DeleteAsync(
        Work work, DocumentPlace place, int expected, CancellationToken cancel)
    {
        const string delete = """
            delete from document
            where project = $1 and collection = $2 and id = $3 and version = $4
            """;
        return await work.ExecuteAsync(delete, [.. Names(place), expected], cancel) == 0
            ? DocumentRefusal.Stale
            : null;
    }

    private static object?[] Names(DocumentPlace place) =>
        [place.Project ?? OfServer, place.Collection, place.Id];

    private static object?[] Values(Document document) =>
        [.. Names(document.Place), document.Version, document.Json, document.Hash()];

    private static (Document Document, byte[] Hash) Read(NpgsqlDataReader row)
    {
        var project = row.GetString(0);
        var place = new DocumentPlace(
            project == OfServer ? null : project, row.GetString(1), row.GetString(2));
        return (
            new Document(place, row.GetInt32(3), row.GetString(4)), row.GetFieldValue<byte[]>(5));
    }
}
