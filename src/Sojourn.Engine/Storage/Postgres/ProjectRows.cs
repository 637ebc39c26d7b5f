using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Projects and their keys, as last read.</summary>
/// <param name="ByName">All projects, by name.</param>
/// <param name="Keys">All keys, by their hash.</param>
internal sealed record ProjectBook(IReadOnlyList<Project> ByName, KeyBook Keys)
{
    public static ProjectBook Empty { get; } = new([], KeyBook.Empty);

    public Project Get(string project) =>
        ByName.FirstOrDefault(one => one.Id == project)
        ?? throw new ArgumentException($"There is no project {project}.", nameof(project));
}

/// <summary>Writes and reads tables <c>project</c> and <c>project_key</c>.</summary>
internal static class ProjectRows
{
    private const int ProjectRandomBytes = 9;

    public static async Task<ProjectBook> ReadAsync(Work work, CancellationToken cancel)
    {
        const string projects = "select id, name, settings::text from project order by name";
        const string keys =
            "select hash, project, kind, shown, created_us, revoked_us from project_key";
        var byName = await work.ListAsync(projects, [], ReadProject, cancel);
        var byId = byName.ToDictionary(project => project.Id);
        var rows = await work.ListAsync(
            keys,
            [],
            row => StoredKey.Of(
                row.GetFieldValue<byte[]>(0),
                byId[row.GetString(1)],
                Enum.Parse<KeyKind>(row.GetString(2), true),
                row.IsDBNull(3) ? null : row.GetString(3),
                row.GetFieldValue<long?>(4),
                row.GetFieldValue<long?>(5)),
            cancel);
        return new ProjectBook(byName, KeyBook.Of(rows));
    }

    /// <exception cref="ArgumentException">A project of that name exists.</exception>
    public static async Task<NewProject> CreateAsync(
        Work work, string name, ProjectSettings settings, long nowUs, CancellationToken cancel)
    {
        const string insert = """
            insert into project (id, name, settings) values ($1, $2, $3)
            on conflict (name) do nothing
            """;
        const string start = """
            insert into progress (project, sequence, events, actions) values ($1, 0, 0, 0)
            """;
        var project = new Project(
            "p_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ProjectRandomBytes)),
            name,
            settings);
        var json = new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(settings),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        };
        if (await work.ExecuteAsync(insert, [project.Id, name, json], cancel) == 0)
            throw new ArgumentException($"A project named {name} exists.", nameof(name));

        await work.ExecuteAsync(start, [project.Id], cancel);
        var (write, writeKey) = StoredKey.New(project, KeyKind.Write, nowUs);
        var (secret, secretKey) = StoredKey.New(project, KeyKind.Secret, nowUs);
        await AddAsync(work, write, cancel);
        await AddAsync(work, secret, cancel);
        return new NewProject(project, writeKey, secretKey);
    }

    public static Task<int> AddAsync(Work work, StoredKey key, CancellationToken cancel)
    {
        const string insert = """
            insert into project_key (hash, project, kind, shown, created_us)
            values ($1, $2, $3, $4, $5)
            """;
        var word = key.Listed.Kind == KeyKind.Write ? "write" : "secret";
        return work.ExecuteAsync(
            insert,
            [key.Hash, key.Project.Id, word, key.Listed.Shown, key.Listed.CreatedUs],
            cancel);
    }

    public static Task<int> RevokeAsync(
        Work work, StoredKey key, long nowUs, CancellationToken cancel)
    {
        const string update = """
            update project_key set revoked_us = $2 where hash = $1 and revoked_us is null
            """;
        return work.ExecuteAsync(update, [key.Hash, nowUs], cancel);
    }

    private static Project ReadProject(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        JsonSerializer.Deserialize<ProjectSettings>(row.GetString(2)) ?? ProjectSettings.Default);
}
