using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Sojourn.Sessions;

namespace Sojourn.Storage.Postgres;

/// <summary>Projects and the hashes of their keys, as last read.</summary>
/// <param name="ByName">All projects, by name.</param>
/// <param name="Keys">Keys in force, by the hexadecimal SHA-256 of their token.</param>
internal sealed record ProjectBook(
    IReadOnlyList<Project> ByName, IReadOnlyDictionary<string, ProjectKey> Keys)
{
    public static ProjectBook Empty { get; } = new([], new Dictionary<string, ProjectKey>());

    public Project Get(string project) =>
        ByName.FirstOrDefault(one => one.Id == project)
        ?? throw new ArgumentException($"There is no project {project}.", nameof(project));
}

/// <summary>Writes and reads tables <c>project</c> and <c>project_key</c>.</summary>
internal static class ProjectRows
{
    private const int TokenRandomBytes = 20;
    private const int ProjectRandomBytes = 9;

    public static string HashOf(string token) => Convert.ToHexStringLower(Hash(token));

    public static async Task<ProjectBook> ReadAsync(Work work, CancellationToken cancel)
    {
        const string projects = "select id, name, settings::text from project order by name";
        const string keys = "select hash, project, kind from project_key";
        var byName = await work.ListAsync(projects, [], ReadProject, cancel);
        var byId = byName.ToDictionary(project => project.Id);
        var rows = await work.ListAsync(
            keys,
            [],
            row => (
                Hash: Convert.ToHexStringLower(row.GetFieldValue<byte[]>(0)),
                Key: new ProjectKey(
                    byId[row.GetString(1)], Enum.Parse<KeyKind>(row.GetString(2), true))),
            cancel);
        return new ProjectBook(byName, rows.ToDictionary(row => row.Hash, row => row.Key));
    }

    /// <exception cref="ArgumentException">A project of that name exists.</exception>
    public static async Task<NewProject> CreateAsync(
        Work work, string name, ProjectSettings settings, CancellationToken cancel)
    {
        const string insert = """
            insert into project (id, name, settings) values ($1, $2, $3)
            on conflict (name) do nothing
            """;
        const string start = """
            insert into progress (project, sequence, events, actions) values ($1, 0, 0, 0)
            """;
        var project = new Project("p_" + Random(ProjectRandomBytes), name, settings);
        var json = new NpgsqlParameter
        {
            Value = JsonSerializer.Serialize(settings),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        };
        if (await work.ExecuteAsync(insert, [project.Id, name, json], cancel) == 0)
            throw new ArgumentException($"A project named {name} exists.", nameof(name));

        await work.ExecuteAsync(start, [project.Id], cancel);
        return new NewProject(
            project,
            await AddKeyAsync(work, project, KeyKind.Write, "sj_w_", cancel),
            await AddKeyAsync(work, project, KeyKind.Secret, "sj_s_", cancel));
    }

    private static async Task<string> AddKeyAsync(
        Work work, Project project, KeyKind kind, string prefix, CancellationToken cancel)
    {
        const string insert = "insert into project_key (hash, project, kind) values ($1, $2, $3)";
        var token = prefix + Random(TokenRandomBytes);
        var word = kind == KeyKind.Write ? "write" : "secret";
        await work.ExecuteAsync(insert, [Hash(token), project.Id, word], cancel);
        return token;
    }

    private static Project ReadProject(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        JsonSerializer.Deserialize<ProjectSettings>(row.GetString(2)) ?? ProjectSettings.Default);

    // A token has 160 random bits, so its bare hash cannot be searched for like a password's.
    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static string Random(int bytes) =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
