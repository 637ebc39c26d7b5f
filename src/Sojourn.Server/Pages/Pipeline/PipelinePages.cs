using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Pipeline;

/// <summary>The board on which abandoned checkouts are won back.</summary>
internal static class PipelinePages
{
    public static void MapPipelinePages(this IEndpointRouteBuilder routes)
    {
        var path = "/p/{project}/" + BoardAddress.Path;
        routes.MapGet(path, ShowAsync).Needs(Policy.See);
        routes.MapPost(path + "/{session}/actions", ActAsync).Needs(Policy.Work);
    }

    /// <summary>The board; without the card its address opens, not found.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context, Boards boards, Frame frame)
    {
        await frame.LoadAsync(context.RequestAborted);
        var screen = await boards.LoadAsync(AddressOf(context), context.RequestAborted);
        return screen is null
            ? Page.Of<NotFoundPage>(new() { }, StatusCodes.Status404NotFound)
            : Page.Of<PipelinePage>(new() { ["Screen"] = screen });
    }

    /// <summary>One action; the answer leads back to the board and says how it went.</summary>
    internal static async Task<IResult> ActAsync(
        HttpContext context, string session, BoardActing acting)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        context.Tell(await acting.ActAsync(session, form, context.RequestAborted));
        return Results.Redirect(AddressOf(context).ToString());
    }

    private static ListAddress AddressOf(HttpContext context) => new(
        context.Project().Id, BoardAddress.Path, null,
        [
            .. context.Parameters().Where(one =>
                one.Value.Length > 0 || one.Key is "assignee" or "reason"),
        ]);
}
