using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sojourn.Events;
using Sojourn.Sessions;

namespace Sojourn.Storage.Sqlite;

/// <summary>Projects and their keys: in memory for reading, written through.</summary>
internal sealed class Projects
{
    private const int TokenRandomBytes = 20;
    private const int ProjectRandomBytes = 9;

    private readonly Database _database;
    private readonly TimeProvider _clock;
    private volatile IReadOnlyList<Project> _all;
    private volatile Dictionary<string, ProjectKey> _keys;

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
    public ProjectKey? FindKey(string token) => _keys.GetValueOrDefault(HashOf(token));

    /// <summary>Creates a project with one key of each kind, in a transaction of its own.</summary>
    /// <exception cref="ArgumentException">A project of that name exists.</exception>
    /// <exception cref="SqliteException">It could not be stored.</exception>
    public NewProject Create(string name, ProjectSettings settings)
    {
        if (_all.Any(one => one.Name == name))
            throw new ArgumentException($"A project named {name} exists.", nameof(name));

        var project = new Project(
            "p_" + Random(ProjectRandomBytes), name, settings);
        var created = new NewProject(
            project, "sj_w_" + Random(TokenRandomBytes), "sj_s_" + Random(TokenRandomBytes));

        using (var transaction = _database.Writing.BeginTransaction(deferred: false))
        {
            Insert(project);
            Insert(project, KeyKind.Write, created.WriteKey);
            Insert(project, KeyKind.Secret, created.SecretKey);
            transaction.Commit();
        }

        _keys = new(_keys)
        {
            [HashOf(created.WriteKey)] = new(project, KeyKind.Write),
            [HashOf(created.SecretKey)] = new(project, KeyKind.Secret),
        };
        _all = [.. _all.Append(project).OrderBy(one => one.Name, StringComparer.Ordinal)];
        return created;
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

    private void Insert(Project project, KeyKind kind, string token)
    {
        using var command = _database.Writing.CreateCommand();
        command.CommandText =
            """
            insert into keys (hash, project, kind, created_us)
            values ($hash, $project, $kind, $now)
            """;
        command.Parameters.AddWithValue("$hash", Convert.FromHexString(HashOf(token)));
        command.Parameters.AddWithValue("$project", project.Id);
        command.Parameters.AddWithValue("$kind", (int)kind);
        command.Parameters.AddWithValue("$now", _clock.NowUs());
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

    private static Dictionary<string, ProjectKey> ReadKeys(
        SqliteConnection connection, IReadOnlyList<Project> projects)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "select hash, project, kind from keys where revoked_us is null";
        using var reader = command.ExecuteReader();
        var byId = projects.ToDictionary(one => one.Id);
        var keys = new Dictionary<string, ProjectKey>();
        while (reader.Read())
        {
            var hash = Convert.ToHexString((byte[])reader.GetValue(0));
            keys[hash] = new ProjectKey(byId[reader.GetString(1)], (KeyKind)reader.GetInt32(2));
        }

        return keys;
    }

    // A token has 160 random bits, so its bare hash cannot be searched for like a password's.
    private static string HashOf(string token) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string Random(int bytes) =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
