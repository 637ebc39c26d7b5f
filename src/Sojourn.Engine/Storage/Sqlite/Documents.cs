using Microsoft.Data.Sqlite;

namespace Sojourn.Storage.Sqlite;

/// <summary>Documents: in memory for reading, written through.</summary>
internal sealed class Documents
{
    // Tables hold it where memory holds null: a key's column cannot be null.
    private const string OfServer = "";

    // The first version of the tables that has documents.
    private const int SchemaVersionMin = 2;

    private readonly Database _database;
    private volatile DocumentBook _book;

    /// <exception cref="StoreException">One is not what was stored.</exception>
    public Documents(Database database)
    {
        _database = database;
        if (Differences(database).FirstOrDefault() is { } difference)
        {
            throw new StoreException(
                StoreFault.Damaged,
                $"{difference} Restore a backup into another folder; sojourn verify names all "
                + "damage.");
        }

        _book = DocumentBook.Of(database.Read(Read).Select(row => row.Document));
    }

    /// <summary>All of them, as of now.</summary>
    public DocumentBook Book => _book;

    /// <summary>Names every document of a file that is not what was stored.</summary>
    public static IEnumerable<string> Differences(Database database) =>
        from row in database.Read(Read)
        where !row.Hash.AsSpan().SequenceEqual(row.Document.Hash())
        select $"Document {row.Document.Place} is damaged.";

    /// <summary>Stores a text, or deletes what is there when it is null.</summary>
    /// <exception cref="StoreException">It could not be stored; nothing changed.</exception>
    public DocumentAnswer Change(
        Committer committer, DocumentPlace place, int expected, string? json)
    {
        if (_book.RefusalOf(place, expected, json) is { } refusal)
            return new DocumentAnswer(_book.Find(place), refusal);

        var document = json is null ? null : new Document(place, expected + 1, json);
        committer.Commit(() =>
        {
            if (document is null)
                Delete(place);
            else
                Write(document);
            return 0;
        });
        _book = document is null ? _book.Without(place) : _book.With(document);
        return new DocumentAnswer(document, null);
    }

    private void Write(Document document)
    {
        using var command = _database.Writing.CreateCommand();
        command.CommandText =
            """
            insert into documents (project, collection, id, version, json, hash)
            values ($project, $collection, $id, $version, $json, $hash)
            on conflict (project, collection, id)
            do update set version = $version, json = $json, hash = $hash
            """;
        Name(command, document.Place);
        command.Parameters.AddWithValue("$version", document.Version);
        command.Parameters.AddWithValue("$json", document.Json);
        command.Parameters.AddWithValue("$hash", document.Hash());
        command.ExecuteNonQuery();
    }

    private void Delete(DocumentPlace place)
    {
        using var command = _database.Writing.CreateCommand();
        command.CommandText =
            """
            delete from documents
            where project = $project and collection = $collection and id = $id
            """;
        Name(command, place);
        command.ExecuteNonQuery();
    }

    private static void Name(SqliteCommand command, DocumentPlace place)
    {
        command.Parameters.AddWithValue("$project", place.Project ?? OfServer);
        command.Parameters.AddWithValue("$collection", place.Collection);
        command.Parameters.AddWithValue("$id", place.Id);
    }

    private static List<(Document Document, byte[] Hash)> Read(SqliteConnection connection)
    {
        var rows = new List<(Document, byte[])>();
        if (Schema.VersionOf(connection) < SchemaVersionMin)
            return rows;

        using var command = connection.CreateCommand();
        command.CommandText = "select project, collection, id, version, json, hash from documents";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var project = reader.GetString(0);
            var place = new DocumentPlace(
                project == OfServer ? null : project, reader.GetString(1), reader.GetString(2));
            rows.Add((
                new Document(place, reader.GetInt32(3), reader.GetString(4)),
                (byte[])reader.GetValue(5)));
        }

        return rows;
    }
}
