using Sojourn.Server.Api;
using Sojourn.Server.Pages.Debugging;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Revenue;

namespace Sojourn.Server.Pages.Revenue;

/// <summary>The page of recovered money.</summary>
internal static class RevenuePages
{
    /// <summary>The page, below a project.</summary>
    public const string Path = "checkouts/revenue";

    public static void MapRevenuePages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/p/{project}/" + Path, ShowAsync).Needs(Policy.See);

    /// <summary>The report, or what is wrong with the question and no number at all.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context, RevenueReports reports, Frame frame, PageContext here)
    {
        await frame.LoadAsync(context.RequestAborted);
        var isRead = RevenueQuestion.TryRead(
            context.Parameters().Where(one => one.Value.Length > 0), here.Project.Settings,
            here.NowUs, out var question, out var fault);
        return Page.Of<RevenuePage>(
            new()
            {
                ["Report"] = isRead
                    ? await reports.MakeAsync(here.Project, question!, context.RequestAborted)
                    : null,
                ["Fault"] = fault is null ? null : FaultWords.Of(here.Language, fault),
            },
            isRead ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
