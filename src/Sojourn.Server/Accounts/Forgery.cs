using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Net.Http.Headers;
using Sojourn.Server.Api;

namespace Sojourn.Server.Accounts;

/// <summary>
/// Tells whether what a browser sends comes from a page of ours: by what the browser says of
/// its origin, and by a token that only our pages hold.
/// </summary>
internal sealed class Forgery(IAntiforgery antiforgery)
{
    /// <summary>The field of a form that holds the token.</summary>
    public const string FieldName = "csrf";

    /// <summary>The header that scripts send it in.</summary>
    public const string HeaderName = "X-CSRF-Token";

    private static readonly Problem Refused = new(
        403, "csrf_refused", "This does not come from a page of this server, or the page is old.",
        "Load the page again and repeat it.");

    private static readonly string[] BodyTypes =
        ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"];

    /// <summary>The token for the page that is being made.</summary>
    public string TokenFor(HttpContext context) =>
        antiforgery.GetAndStoreTokens(context).RequestToken
        ?? throw new InvalidOperationException("There is no token to put into a page.");

    /// <summary>Why a request is not taken, or null.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isPage">True when only a form may be sent there.</param>
    public async Task<Problem?> JudgeAsync(HttpContext context, bool isPage)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;
        if (isPage ? !request.HasFormContentType : !HasKnownBody(request))
            return Problems.ContentType;

        return IsFromElsewhere(request) || !await antiforgery.IsRequestValidAsync(context)
            ? Refused
            : null;
    }

    private static bool HasKnownBody(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType)
            ? request.ContentLength is null or 0
                && !request.Headers.ContainsKey(HeaderNames.TransferEncoding)
            : MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
                && BodyTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase);

    // A browser that says nothing of it (very old ones) still needs the token.
    private static bool IsFromElsewhere(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site)
            && site.ToString() is not ("same-origin" or "none"))
        {
            return true;
        }

        return request.Headers.Origin is { Count: > 0 } origin
            && origin.ToString() != $"{request.Scheme}://{request.Host}";
    }
}
