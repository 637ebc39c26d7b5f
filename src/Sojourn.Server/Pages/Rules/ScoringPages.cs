using Sojourn.Events.Rules;
using Sojourn.Kinds.Visits;
using Sojourn.Kinds.Visits.Leads;
using Sojourn.Queries;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Rules;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Rules;

/// <summary>Scoring rules on a page: written, previewed, saved, brought back.</summary>
internal static class ScoringPages
{
    /// <summary>What is told to who saved second.</summary>
    public const string StaleText =
        "Not saved: somebody else saved these rules first. Look again.";

    /// <summary>Its place in the address.</summary>
    public const string Path = "scoring";

    private static readonly RuleSet Scoring = Program.Rules.Find(ScoringSet.Name)!; // It is there.

    public static void MapScoringPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/p/{project}/" + Path, ShowAsync).Needs(Policy.See);
        routes.MapPost("/p/{project}/" + Path, ChangeAsync).Needs(Policy.Manage);
    }

    internal static Task<IResult> ShowAsync(
        HttpContext context, RuleBook book, Frame frame, PageContext here)
    {
        var screen = ScreenOf(here, book);
        var asked = context.Request.Query["rule"].ToString();
        var rule = screen.Set.Rules.FirstOrDefault(one => one.Id == asked);
        return RenderAsync(context, frame, screen with
        {
            Draft = rule is not null ? RuleDraft.Of(rule, here.Zone)
                : asked == "new" ? new RuleDraft()
                : null,
        });
    }

    internal static async Task<IResult> ChangeAsync(
        HttpContext context, RuleBook book, RulePreviews previews, IStore store, Frame frame,
        PageContext here)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var screen = ScreenOf(here, book);
        var (draft, set, fault) = CandidateOf(form, screen, book, here);
        fault ??= Scoring.FaultOf(RuleJson.Write(set!)); // There is a set without a fault.
        if (fault is not null)
        {
            return await RenderAsync(
                context, frame, screen with { Draft = draft, Fault = fault });
        }

        var json = RuleJson.Write(set);
        if (form["do"] == "preview")
        {
            return await RenderAsync(context, frame, screen with
            {
                Draft = draft,
                Preview = await previews.RunAsync(
                    here.Project, Scoring, json, days: null, context.RequestAborted),
                NeverSeen = await NeverSeenAsync(
                    store, here.Project, draft, context.RequestAborted),
            });
        }

        _ = int.TryParse(form["version"], out var seen);
        var answer = await book.SaveAsync(
            here.Project, Scoring, seen, json, here.Caller.Actor, context.RequestAborted);
        if (answer.Fault is { } refused)
        {
            return await RenderAsync(
                context, frame, screen with { Draft = draft, Fault = refused });
        }

        context.Tell(answer.IsStale
            ? new Outcome(StaleText, Bad: true)
            : new Outcome("Saved. All visits were scored again."));
        return Results.Redirect($"/p/{here.Project.Id}/{Path}");
    }

    private static (RuleDraft? Draft, ScoringSet? Set, RuleFault? Fault) CandidateOf(
        IFormCollection form, ScoringScreen screen, RuleBook book, PageContext here)
    {
        switch (form["do"].ToString())
        {
            case "delete":
                var id = form["id"].ToString();
                return (null, screen.Set with
                {
                    Rules = [.. screen.Set.Rules.Where(one => one.Id != id)],
                }, null);
            case "starter":
                return (null, screen.Set with { Rules = StarterRules.All }, null);
            case "levels":
                var (levels, fault) = LevelsForm.Read(form, screen.Set);
                return (null, levels, fault);
            case "restore":
                var old = book.Versions(here.Project, Scoring)
                    .FirstOrDefault(one => one.Version.ToString() == form["restore"]);
                return RuleJson.TryRead<ScoringSet>(old?.Json ?? "", out var back, out var bad)
                    ? (null, back, null)
                    : (null, null, bad);
            default:
                var draft = RuleDraft.Of(form);
                var (set, wrong) = draft.In(screen.Set, here.Zone);
                return (draft, set, wrong);
        }
    }

    private static async Task<IReadOnlyList<string>> NeverSeenAsync(
        IStore store, Project project, RuleDraft? draft, CancellationToken cancel)
    {
        var never = new List<string>();
        foreach (var name in draft?.When.Names ?? [])
        {
            var page = await store.QueryAsync(
                project.Id,
                new SessionQuery
                {
                    Lens = VisitLenses.Leads,
                    Filters = [new AnyOf(CommonFields.Contains, [name])],
                    Suppressed = SuppressedView.All,
                    Archived = true,
                    Limit = 1,
                    WithFacets = false,
                },
                cancel);
            if (page.Total == 0)
                never.Add(name);
        }

        return never;
    }

    private static ScoringScreen ScreenOf(PageContext here, RuleBook book)
    {
        var current = book.Current(here.Project, Scoring);
        return new ScoringScreen
        {
            Current = current,
            Set = RuleJson.Read(current, ScoringSet.Default),
            Versions = book.Versions(here.Project, Scoring),
            MayChange = here.Caller.Account?.Role == Role.Admin,
        };
    }

    private static async Task<IResult> RenderAsync(
        HttpContext context, Frame frame, ScoringScreen screen)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<ScoringPage>(
            new() { ["Screen"] = screen },
            screen.Fault is null ? StatusCodes.Status200OK
                : StatusCodes.Status422UnprocessableEntity);
    }
}
