using System.Buffers.Text;
using System.Text.Json;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages;

/// <summary>
/// Carries one sentence over the redirect that follows a form: a cookie that lives until the
/// next page shows it.
/// </summary>
internal static class Telling
{
    private const string Cookie = "told";

    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(30);

    /// <summary>Leaves a sentence for the next page.</summary>
    public static void Tell(this HttpContext context, Outcome outcome) =>
        context.Response.Cookies.Append(
            Cookie,
            Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(outcome)),
            new CookieOptions
            {
                MaxAge = Keep,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                IsEssential = true,
            });

    /// <summary>Takes the sentence left for this page, or null.</summary>
    public static Outcome? Told(this HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } text)
            return null;

        context.Response.Cookies.Delete(Cookie);
        try
        {
            return JsonSerializer.Deserialize<Outcome>(Base64Url.DecodeFromChars(text));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null; // Somebody else's cookie.
        }
    }
}
