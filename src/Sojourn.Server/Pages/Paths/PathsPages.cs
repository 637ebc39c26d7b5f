using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Debugging;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Paths;

namespace Sojourn.Server.Pages.Paths;

/// <summary>The page of conversion paths and engagement.</summary>
internal static class PathsPages
{
    /// <summary>The page, below a project.</summary>
    public const string Path = "paths";

    // Forms without script send all their fields; elsewhere an empty text asks for "unknown".
    private static readonly string[] OftenEmpty =
    [
        PathsQuestion.Within, "from", "to", PathsQuestion.Goal, PathsQuestion.ColumnsName,
        "suppressed",
    ];

    public static void MapPathsPages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/p/{project}/" + Path, ShowAsync).Needs(Policy.See);

    /// <summary>The report, or what is wrong with the question and no number at all.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context, PathsReports reports, QueryParser parser, Frame frame,
        PageContext here)
    {
        var address = new ListAddress(
            here.Project.Id, Path, null,
            [
                .. context.Parameters().Where(one =>
                    one.Value.Length > 0 || !OftenEmpty.Contains(one.Key)),
            ]);
        await frame.LoadAsync(context.RequestAborted);
        var isRead = PathsQuestion.TryRead(
            address.Parameters, parser, here.Project.Settings, here.NowUs,
            out var question, out var fault);
        var screen = new PathsScreen
        {
            Address = address,
            Zone = here.Zone,
            Report = isRead
                ? await reports.MakeAsync(here.Project, question!, context.RequestAborted)
                : null,
            Fault = fault is null ? null : FaultWords.Of(here.Language, fault),
        };
        return Page.Of<PathsPage>(
            new() { ["Screen"] = screen },
            isRead ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
