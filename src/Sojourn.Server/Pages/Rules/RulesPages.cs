using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sojourn.Events.Rules;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Rules;

namespace Sojourn.Server.Pages.Rules;

/// <summary>Sets of rules as text, for those that have no form of their own.</summary>
internal static class RulesPages
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void MapRulesPages(this IEndpointRouteBuilder routes)
    {
        const string path = "/p/{project}/settings/rules/{set}";
        routes.MapGet(path, ShowAsync).Needs(Policy.Manage);
        routes.MapPost(path, ChangeAsync).Needs(Policy.Manage);
    }

    internal static Task<IResult> ShowAsync(
        HttpContext context, string set, RuleCatalog catalog, RuleBook book, Frame frame,
        PageContext here) =>
        catalog.Find(set) is { } found
            ? RenderAsync(context, frame, ScreenOf(here, book, found))
            : NotFoundAsync(context, frame);

    internal static async Task<IResult> ChangeAsync(
        HttpContext context, string set, RuleCatalog catalog, RuleBook book,
        RulePreviews previews, Frame frame, PageContext here)
    {
        if (catalog.Find(set) is not { } found)
            return await NotFoundAsync(context, frame);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var screen = ScreenOf(here, book, found);
        var json = TextOf(form, book, here, found);
        if (found.FaultOf(json) is { } fault)
            return await RenderAsync(context, frame, screen with { Text = json, Fault = fault });

        if (form["do"] == "preview")
        {
            return await RenderAsync(context, frame, screen with
            {
                Text = json,
                Preview = await previews.RunAsync(
                    here.Project, found, json, context.RequestAborted),
            });
        }

        _ = int.TryParse(form["version"], CultureInfo.InvariantCulture, out var seen);
        var answer = await book.SaveAsync(
            here.Project, found, seen, json, here.Caller.Actor, context.RequestAborted);
        if (answer.Fault is { } refused)
            return await RenderAsync(context, frame, screen with { Text = json, Fault = refused });

        context.Tell(answer.IsStale
            ? new Outcome(ScoringPages.StaleText, Bad: true)
            : new Outcome("Saved. All sessions follow the new rules."));
        return Results.Redirect($"/p/{here.Project.Id}/settings/rules/{found.Name}");
    }

    private static string TextOf(
        IFormCollection form, RuleBook book, PageContext here, RuleSet set) =>
        form["do"].ToString() switch
        {
            "shipped" => set.Shipped,
            "restore" => book.Versions(here.Project, set).FirstOrDefault(one =>
                one.Version.ToString(CultureInfo.InvariantCulture) == form["restore"])?.Json ?? "",
            _ => form["json"].ToString(),
        };

    private static RulesScreen ScreenOf(PageContext here, RuleBook book, RuleSet set)
    {
        var current = book.Current(here.Project, set);
        using var rules = JsonDocument.Parse(current.Json);
        return new RulesScreen
        {
            Set = set,
            Current = current,
            Text = JsonSerializer.Serialize(rules, Indented),
            Versions = book.Versions(here.Project, set),
        };
    }

    private static async Task<IResult> RenderAsync(
        HttpContext context, Frame frame, RulesScreen screen)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<RulesPage>(
            new() { ["Screen"] = screen },
            screen.Fault is null ? StatusCodes.Status200OK
                : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> NotFoundAsync(HttpContext context, Frame frame)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<NotFoundPage>(new() { }, StatusCodes.Status404NotFound);
    }
}

/// <summary>Everything a page of rules as text shows.</summary>
public sealed record RulesScreen
{
    /// <summary>Which set.</summary>
    public required RuleSet Set { get; init; }

    /// <summary>What is in force.</summary>
    public required RuleText Current { get; init; }

    /// <summary>The text in the field.</summary>
    public required string Text { get; init; }

    /// <summary>What was saved before, newest first.</summary>
    public required IReadOnlyList<RuleVersion> Versions { get; init; }

    /// <summary>What the text would change; null = nobody asked.</summary>
    public RulePreview? Preview { get; init; }

    /// <summary>What is wrong with the text; null = nothing.</summary>
    public RuleFault? Fault { get; init; }
}
