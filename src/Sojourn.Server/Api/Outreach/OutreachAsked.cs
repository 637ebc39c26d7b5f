using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sojourn.Server.Api.Outreach;

/// <summary>Reads bodies that are what they should be and nothing else.</summary>
internal static class OutreachAsked
{
    // Two hundred rules would fit.
    private const int BytesMax = 512 * 1024;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The body, or null when it is anything else.</summary>
    public static async Task<TBody?> ReadAsync<TBody>(HttpContext context)
        where TBody : class
    {
        if (!context.Request.HasJsonContentType()
            || context.Request.ContentLength is null or > BytesMax)
        {
            return null;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<TBody>(
                context.Request.Body, Form, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Settings over the version that was seen; 0 = none were.</summary>
internal sealed record SettingsAsked(int Version, JsonElement Settings);

/// <summary>A template over the version that was seen; 0 = it is as shipped, or new.</summary>
internal sealed record TemplateAsked(
    int Version, string Name, string Channel, string Language, string Body, string Subject = "");

/// <summary>Texts to look at before they are saved.</summary>
internal sealed record TextsAsked(string Body, string Subject = "");

/// <summary>Whom to write to no more.</summary>
internal sealed record AddressAsked(string Address);
