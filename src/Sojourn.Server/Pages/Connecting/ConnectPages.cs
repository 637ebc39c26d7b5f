using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;

namespace Sojourn.Server.Pages.Connecting;

/// <summary>How to send events to a project.</summary>
internal static class ConnectPages
{
    /// <summary>The page, below a project.</summary>
    public const string Path = "connect";

    /// <summary>Which way it shows.</summary>
    public const string With = "with";

    public static void MapConnectPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/p/{project}/" + Path, ShowAsync).Needs(Policy.See);

    internal static async Task<IResult> ShowAsync(HttpContext context, Frame frame)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<ConnectPage>(new()
        {
            ["Chosen"] = context.Request.Query[With].ToString(),
        });
    }
}
