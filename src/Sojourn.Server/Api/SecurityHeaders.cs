namespace Sojourn.Server.Api;

/// <summary>Tells browsers to do nothing with an answer but hand it over.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "same-origin"; // Without it, forms come from origin "null".
        headers.CacheControl = "no-store";
        return next(context);
    }
}
