using System.Text.Encodings.Web;
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

    /// <summary>The people that are compared, below a project.</summary>
    public const string PeoplePath = Path + "/holdout";

    public static void MapRevenuePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/p/{project}/" + Path, ShowAsync).Needs(Policy.See);
        routes.MapGet("/p/{project}/" + PeoplePath, ShowPeopleAsync).Needs(Policy.See);
    }

    /// <summary>The report, or what is wrong with the question and no number at all.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context, RevenueReports reports, HoldoutReports holdout, Frame frame,
        PageContext here)
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
                ["Compared"] = isRead
                    ? await holdout.MakeAsync(
                        here.Project, question!.Period, here.NowUs, context.RequestAborted)
                    : null,
                ["Fault"] = fault is null ? null : FaultWords.Of(here.Language, fault),
            },
            isRead ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    /// <summary>The people behind a number of the comparison.</summary>
    internal static async Task<IResult> ShowPeopleAsync(
        HttpContext context, HoldoutReports holdout, Frame frame, PageContext here)
    {
        await frame.LoadAsync(context.RequestAborted);
        var isRead = HoldoutQuestion.TryRead(
            context.Parameters().Where(one => one.Value.Length > 0), here.Project.Settings,
            here.NowUs, out var question, out var fault);
        return Page.Of<ComparedPage>(
            new()
            {
                ["List"] = isRead
                    ? HoldoutList.Of(question!, await holdout.PeopleAsync(
                        here.Project, question!.Period, here.NowUs, context.RequestAborted))
                    : null,
                ["Asked"] = TextOf(context.Parameters()),
                ["Fault"] = fault is null ? null : FaultWords.Of(here.Language, fault),
            },
            isRead ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static string TextOf(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Where(one => one.Key != "offset" && one.Value.Length > 0)
            .Select(one => $"{one.Key}={UrlEncoder.Default.Encode(one.Value)}"));
}
