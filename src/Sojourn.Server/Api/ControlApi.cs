using System.Text.Json;
using System.Text.Json.Serialization;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>What commands ask of a running server, through the socket in its data folder.</summary>
internal static class ControlApi
{
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    internal static readonly Problem Invalid = new(
        400, "request_invalid", "The body is not what this server expects.",
        "Use the command of the same version as the server.");

    private static readonly Problem ProjectExists = new(
        409, "project_exists", "There is a project of this name already.", "Choose another name.");

    private static readonly Problem NoBackup = new(
        400, "backup_not_here", "This server's data is in PostgreSQL.", "Use pg_dump.");

    public static void MapControlApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/control/projects", CreateProjectAsync).Needs(Policy.Operate);
        routes.MapPost("/control/backup", BackupAsync).Needs(Policy.Operate);
    }

    private static async Task CreateProjectAsync(HttpContext context, IStore store)
    {
        if (await ReadAsync<NewProjectAsked>(context) is not { } asked)
        {
            await Invalid.WriteAsync(context);
            return;
        }

        if (store.Projects.Any(project => project.Name == asked.Name))
        {
            await ProjectExists.WriteAsync(context);
            return;
        }

        var created = await store.CreateProjectAsync(
            asked.Name, asked.ToSettings(), context.RequestAborted);
        await context.AnswerAsync(json => Write(json, created));
    }

    private static async Task BackupAsync(HttpContext context, ServerSetup setup)
    {
        if (setup.Backup is not { } backup)
        {
            await NoBackup.WriteAsync(context);
            return;
        }

        if (await ReadAsync<BackupAsked>(context) is not { } asked)
        {
            await Invalid.WriteAsync(context);
            return;
        }

        await backup(asked.To, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>A new project with its keys, as commands print it.</summary>
    public static void Write(Utf8JsonWriter json, NewProject created)
    {
        json.WriteStartObject();
        json.WriteString("project"u8, created.Project.Id);
        json.WriteString("write_key"u8, created.WriteKey);
        json.WriteString("secret_key"u8, created.SecretKey);
        json.WriteEndObject();
    }

    /// <summary>The body as a value; null when it is none.</summary>
    internal static async Task<T?> ReadAsync<T>(HttpContext context)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(
                context.Request.Body, Reading, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A backup to be made.</summary>
/// <param name="To">Full path of a file that does not exist yet.</param>
internal sealed record BackupAsked(string To);
