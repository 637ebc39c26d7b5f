using System.Text.Json;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>A project's keys: for people who manage it, and for commands.</summary>
internal static class KeysApi
{
    private static readonly Problem Invalid = new(
        400, "key_kind_invalid", "The body names no kind of key.",
        "Send {\"kind\":\"write\"} or {\"kind\":\"secret\"}.");

    private static readonly Problem Unknown = new(
        404, "key_unknown", "There is no such key in this project.",
        "Take the id from GET /v1/keys.");

    private static readonly Problem TooMany = new(
        409, "too_many_keys",
        $"The project has {ListedKey.ProjectKeysMax} keys, revoked ones included.",
        "Use one of them, or another project.");

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling =
            System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
    };

    public static void MapKeysApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/keys", ListAsync).Needs(Policy.Configure);
        routes.MapPost("/v1/keys", CreateAsync).Needs(Policy.Configure);
        routes.MapDelete("/v1/keys/{id}", RevokeAsync).Needs(Policy.Configure);
    }

    /// <summary>Oldest first, those revoked included; secret keys without their tokens.</summary>
    internal static Task ListAsync(HttpContext context, IStore store) =>
        context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            foreach (var key in store.KeysOf(context.Project().Id))
                Write(json, key);
            json.WriteEndArray();
            json.WriteEndObject();
        });

    /// <summary>201 with the key and, this once, its token.</summary>
    internal static async Task CreateAsync(HttpContext context, IStore store)
    {
        if (!context.Request.HasJsonContentType())
        {
            await Problems.ContentType.WriteAsync(context);
            return;
        }

        if (await ReadAsync(context) is not { } kind)
        {
            await Invalid.WriteAsync(context);
            return;
        }

        if (await store.CreateKeyAsync(context.Project().Id, kind, context.RequestAborted)
            is not { } made)
        {
            await TooMany.WriteAsync(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("key"u8);
            Write(json, made.Key);
            json.WriteString("token"u8, made.Token);
            json.WriteEndObject();
        });
    }

    /// <summary>The key as it is from now on: it opens nothing any more.</summary>
    internal static async Task RevokeAsync(HttpContext context, string id, IStore store)
    {
        if (await store.RevokeKeyAsync(context.Project().Id, id, context.RequestAborted)
            is not { } revoked)
        {
            await Unknown.WriteAsync(context);
            return;
        }

        await context.AnswerAsync(json => Write(json, revoked));
    }

    /// <summary>A kind as it is written.</summary>
    public static string NameOf(KeyKind kind) => kind == KeyKind.Write ? "write" : "secret";

    /// <summary>A kind by its name; null for any other word.</summary>
    public static KeyKind? KindOf(string? name) => name switch
    {
        "write" => KeyKind.Write,
        "secret" => KeyKind.Secret,
        _ => null,
    };

    private static async Task<KeyKind?> ReadAsync(HttpContext context)
    {
        try
        {
            var asked = await JsonSerializer.DeserializeAsync<Asked>(
                context.Request.Body, Reading, context.RequestAborted);
            return KindOf(asked?.Kind);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, ListedKey key)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, key.Id);
        json.WriteString("kind"u8, NameOf(key.Kind));
        json.WriteString("shown"u8, key.Shown);
        json.WriteTime("created"u8, key.CreatedUs);
        json.WriteTime("revoked"u8, key.RevokedUs);
        json.WriteEndObject();
    }

    /// <summary>A key as a client asks for it.</summary>
    internal sealed record Asked(string? Kind);
}
