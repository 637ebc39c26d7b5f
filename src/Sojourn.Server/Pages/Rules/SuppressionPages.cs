using System.Globalization;
using Sojourn.Events.Classification;
using Sojourn.Events.Rules;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Rules;

namespace Sojourn.Server.Pages.Rules;

/// <summary>What is no people's doing, decided on a page.</summary>
internal static class SuppressionPages
{
    private const string Path = "/p/{project}/settings/suppression";

    private static readonly RuleSet Suppression =
        Program.Rules.Find(SuppressionSet.Name)!; // It is there.

    public static void MapSuppressionPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).Needs(Policy.Manage);
        routes.MapPost(Path, ChangeAsync).Needs(Policy.Manage);
    }

    internal static Task<IResult> ShowAsync(
        HttpContext context, RuleBook book, Frame frame, PageContext here) =>
        RenderAsync(context, frame, ScreenOf(here, book));

    internal static async Task<IResult> ChangeAsync(
        HttpContext context, RuleBook book, RulePreviews previews, Frame frame, PageContext here)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var screen = ScreenOf(here, book) with { Filter = ConditionForm.Of(form) };
        var (set, fault) = SuppressionForm.Read(form, screen.Set);
        fault ??= Suppression.FaultOf(RuleJson.Write(set!)); // There is a set without a fault.
        if (fault is not null)
        {
            return await RenderAsync(
                context, frame, screen with { Name = form["name"].ToString(), Fault = fault });
        }

        var json = RuleJson.Write(set);
        if (form["do"] == "preview")
        {
            var preview = await previews.RunAsync(
                here.Project, Suppression, json, days: null, context.RequestAborted);
            return await RenderAsync(context, frame, screen with
            {
                Set = form["part"] == "machines" ? set! : screen.Set,
                Name = form["name"].ToString(),
                Preview = preview,
            });
        }

        _ = int.TryParse(form["version"], CultureInfo.InvariantCulture, out var seen);
        var answer = await book.SaveAsync(
            here.Project, Suppression, seen, json, here.Caller.Actor, context.RequestAborted);
        context.Tell(answer.IsStale
            ? new Outcome(ScoringPages.StaleText, Bad: true)
            : new Outcome("Saved. All sessions follow the new rules."));
        return Results.Redirect($"/p/{here.Project.Id}/settings/suppression");
    }

    private static SuppressionScreen ScreenOf(PageContext here, RuleBook book)
    {
        var current = book.Current(here.Project, Suppression);
        return new SuppressionScreen
        {
            Current = current,
            Set = RuleJson.Read(current, SuppressionSet.Default),
            Versions = book.Versions(here.Project, Suppression),
        };
    }

    private static async Task<IResult> RenderAsync(
        HttpContext context, Frame frame, SuppressionScreen screen)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<SuppressionPage>(
            new() { ["Screen"] = screen },
            screen.Fault is null
                ? StatusCodes.Status200OK
                : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>Everything the page of suppression shows.</summary>
public sealed record SuppressionScreen
{
    /// <summary>The rules in force.</summary>
    public required RuleText Current { get; init; }

    /// <summary>The same as the forms show them.</summary>
    public required SuppressionSet Set { get; init; }

    /// <summary>What was saved before, newest first.</summary>
    public required IReadOnlyList<RuleVersion> Versions { get; init; }

    /// <summary>The name of the filter that is being written.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its condition.</summary>
    public ConditionForm Filter { get; init; } = ConditionForm.Empty;

    /// <summary>What would change; null = nobody asked.</summary>
    public RulePreview? Preview { get; init; }

    /// <summary>What is wrong with what was sent; null = nothing.</summary>
    public RuleFault? Fault { get; init; }
}
