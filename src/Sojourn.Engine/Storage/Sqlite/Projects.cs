using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>Projects and their keys: in memory for reading, written through.</summary>
internal sealed class Projects
{
    private const int ProjectRandomBytes = 9;

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private volatile IReadOnlyList<Project> _all;
    private volatile KeyBook _keys;

    public Projects(Database database, TimeProvider clock)
    {
        _database = database;
        _clock = clock;
        _all = database.Read(ReadProjects);
        _keys = database.Read(connection => ReadKeys(connection, _all));
    }

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<Project> All => _all;

    /// <summary>The key of a token, or null when unknown or revoked.</summary>
    public ProjectKey? FindKey(string token) => _keys.Find(token);

    /// <summary>A project's keys, oldest first.</summary>
    public IReadOnlyList<ListedKey> KeysOf(string project) => _keys.Of(project);

    /// <summary>Creates a project with one key of each kind, in a transaction of its own.</summary>
    /// <exception cref="ArgumentException">A project of that name exists.</exception>
    /// <exception cref="SqliteException">It could not be stored.</exception>
    public NewProject Create(string name, ProjectSettings settings)
    {
        if (_all.Any(one => one.Name == name))
            throw new ArgumentException($"A project named {name} exists.", nameof(name));

        var project = new Project(
            "p_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ProjectRandomBytes)),
            name,
            settings);
        var (write, writeKey) = StoredKey.New(project, KeyKind.Write, _clock.NowUs());
        var (secret, secretKey) = StoredKey.New(project, KeyKind.Secret, _clock.NowUs());
        using (var transaction = _database.Writing.BeginTransaction(deferred: false))
        {
            Insert(project);
            Insert(write);
            Insert(secret);
            transaction.Commit();
        }

        _keys = _keys.With(write, secret);
        _all = [.. _all.Append(project).OrderBy(one => one.Name, StringComparer.Ordinal)];
        return new NewProject(project, writeKey, secretKey);
    }

    /// <summary>Makes one more key; null when the project has as many as it may.</summary>
    /// <exception cref="StoreException">It could not be stored.</exception>
    public NewKey? CreateKey(Committer committer, Project project, KeyKind kind)
    {
        if (_keys.Of(project.Id).Count >= ListedKey.ProjectKeysMax)
            return null;

        var (key, token) = StoredKey.New(project, kind, _clock.NowUs());
        committer.Commit(() =>
        {
            Insert(key);
            return 0;
        });
        _keys = _keys.With(key);
        return new NewKey(key.Listed, token);
    }

    /// <summary>Takes a key out of force; null when there is none such.</summary>
    /// <exception cref="StoreException">It could not be stored; the key is in force.</exception>
    public ListedKey? Revoke(Committer committer, string project, string id)
    {
        if (_keys.Find(project, id) is not { } key)
            return null;
        if (key.Listed.RevokedUs is not null)
            return key.Listed;

        var revoked = key with { Listed = key.Listed with { RevokedUs = _clock.NowUs() } };
        committer.Commit(() =>
        {
            Update(revoked);
            return 0;
        });
        _keys = _keys.With(revoked);
        return revoked.Listed;
    }

    private void Insert(Project project)
    {
        using var command = _database.Writing.CreateCommand();
        command.CommandText =
            """
            insert into projects (id, name, settings, created_us)
            values ($id, $name, $settings, $now)
            """;
        command.Parameters.AddWithValue("$id", project.Id);
        command.Parameters.AddWithValue("$name", project.Name);
        command.Parameters.AddWithValue("$settings", JsonSerializer.Serialize(project.Settings));
        command.Parameters.AddWithValue("$now", _clock.NowUs());
        command.ExecuteNonQuery();
    }

    private void Insert(StoredKey key)
    {
        using var command = _database.Writing.CreateCommand();
        command.CommandText =
            """
            insert into keys (hash, project, kind, created_us, shown)
            values ($hash, $project, $kind, $now, $shown)
            """;
        command.Parameters.AddWithValue("$hash", key.Hash);
        command.Parameters.AddWithValue("$project", key.Project.Id);
        command.Parameters.AddWithValue("$kind", (int)key.Listed.Kind);
        command.Parameters.AddWithValue("$now", key.Listed.CreatedUs);
        command.Parameters.AddWithValue("$shown", key.Listed.Shown);
        command.ExecuteNonQuery();
    }

    private void Update(StoredKey key)
    {
        using var command = _database.Writing.CreateCommand();
        command.CommandText = "update keys set revoked_us = $revoked where hash = $hash";
        command.Parameters.AddWithValue("$hash", key.Hash);
        command.Parameters.AddWithValue("$revoked", key.Listed.RevokedUs);
        command.ExecuteNonQuery();
    }

    private static IReadOnlyList<Project> ReadProjects(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select id, name, settings from projects";
        using var reader = command.ExecuteReader();
        var projects = new List<Project>();
        while (reader.Read())
        {
            var settings = JsonSerializer.Deserialize<ProjectSettings>(reader.GetString(2));
            projects.Add(new Project(
                reader.GetString(0), reader.GetString(1), settings ?? ProjectSettings.Default));
        }

        return [.. projects.OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    private static KeyBook ReadKeys(SqliteConnection connection, IReadOnlyList<Project> projects)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "select hash, project, kind, shown, created_us, revoked_us from keys";
        using var reader = command.ExecuteReader();
        var byId = projects.ToDictionary(one => one.Id);
        var keys = new List<StoredKey>();
        while (reader.Read())
        {
            keys.Add(StoredKey.Of(
                (byte[])reader.GetValue(0),
                byId[reader.GetString(1)],
                (KeyKind)reader.GetInt32(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetInt64(4),
                reader.IsDBNull(5) ? null : reader.GetInt64(5)));
        }

        return KeyBook.Of(keys);
    }
}
