namespace Sojourn.Server.Accounts;

/// <summary>
/// The cookie that holds a sign-in's token. Scripts cannot read it, other sites' forms and
/// frames do not send it, and over https no other host of the domain can set it.
/// </summary>
internal static class SignInCookie
{
    private const string Plain = "sojourn";
    private const string Secure = "__Host-sojourn";

    /// <summary>The token a browser sent; null when it sent none.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[NameFor(request)] is { Length: > 0 } token ? token : null;

    /// <summary>Gives a browser its token.</summary>
    public static void Write(HttpContext context, string token) => context.Response.Cookies.Append(
        NameFor(context.Request), token, OptionsFor(context.Request, SignIns.LifeMax));

    /// <summary>Takes it away.</summary>
    public static void Delete(HttpContext context) => context.Response.Cookies.Append(
        NameFor(context.Request), "", OptionsFor(context.Request, TimeSpan.Zero));

    private static string NameFor(HttpRequest request) => request.IsHttps ? Secure : Plain;

    private static CookieOptions OptionsFor(HttpRequest request, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = "/",
        MaxAge = life,
    };
}
