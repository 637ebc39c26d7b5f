using Sojourn.Server.Api;

namespace Sojourn.Server.Pages;

/// <summary>How this browser likes its pages: language and theme, kept in two cookies.</summary>
internal static class DisplayPages
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(365);

    public static void MapDisplayPages(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/account/display", PostAsync).Needs(Policy.SignedIn);

    /// <summary>Keeps the choice; what is not offered is taken as "as the system is".</summary>
    internal static async Task PostAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        Remember(context, PageContext.LanguageCookie, Language.Of(form["language"]).Code);
        Remember(context, PageContext.ThemeCookie,
            form["theme"].ToString() is "light" or "dark" ? form["theme"].ToString() : "");
        context.Response.Redirect("/account");
    }

    private static void Remember(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(name, value, new CookieOptions
        {
            MaxAge = Keep,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
            IsEssential = true,
        });
}
