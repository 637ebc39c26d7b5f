using System.Text;
using System.Text.Json;
using Sojourn.Queries;
using Sojourn.Server.Api;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>An event as the API answers it.</summary>
internal static class RawEvent
{
    /// <summary>Its JSON, in one line.</summary>
    public static string Of(StoredEvent stored)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Json.Options))
            EventJson.Write(json, stored);

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
