using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.EventBrowser;

/// <summary>The page of stored events, to look at single ones beside their sessions.</summary>
internal static class EventPages
{
    /// <summary>The page, below a project.</summary>
    public const string Path = "events";

    public static void MapEventPages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/p/{project}/" + Path, ShowAsync).Needs(Policy.See);

    /// <summary>The events; 404 with them when there is no event of the id that is open.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context, FoundEvents events, Frame frame)
    {
        var address = new ListAddress(
            context.Project().Id, Path, null,
            [.. context.Parameters().Where(one => one.Value.Length > 0)]);
        await frame.LoadAsync(context.RequestAborted);
        var screen = await events.LoadAsync(address, context.RequestAborted);
        return Page.Of<EventsPage>(
            new() { ["Screen"] = screen },
            screen.IsGone ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }
}
