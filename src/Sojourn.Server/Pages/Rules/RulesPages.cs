using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sojourn.Events.Rules;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Rules;

namespace Sojourn.Server.Pages.Rules;

/// <summary>Sets of rules, as text and by the form of those that have one.</summary>
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
        HttpContext context, string set, RuleCatalog catalog, LensPages pages, RuleBook book,
        Frame frame, PageContext here) =>
        catalog.Find(set) is { } found
            ? RenderAsync(context, frame, ScreenOf(here, book, pages, found))
            : NotFoundAsync(context, frame);

    internal static async Task<IResult> ChangeAsync(
        HttpContext context, string set, RuleCatalog catalog, LensPages pages, RuleBook book,
        RulePreviews previews, Frame frame, PageContext here)
    {
        if (catalog.Find(set) is not { } found)
            return await NotFoundAsync(context, frame);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var screen = ScreenOf(here, book, pages, found);
        var (json, fault) = AskedOf(form, book, here, screen);
        fault ??= found.FaultOf(json!); // There is a text without a fault.
        if (fault is not null)
        {
            return await RenderAsync(
                context, frame, screen with { Text = json ?? screen.Text, Fault = fault });
        }

        if (form["do"] == "preview")
        {
            var asked = new RulesAsked(PreviewDays.Of(form));
            return await RenderAsync(context, frame, screen with
            {
                Text = Pretty(json!),
                Asked = asked,
                Preview = await previews.RunAsync(
                    here.Project, found, json!, asked.Days, context.RequestAborted),
            });
        }

        _ = int.TryParse(form["version"], CultureInfo.InvariantCulture, out var seen);
        var answer = await book.SaveAsync(
            here.Project, found, seen, json!, here.Caller.Actor, context.RequestAborted);
        if (answer.Fault is { } refused)
        {
            return await RenderAsync(
                context, frame, screen with { Text = json!, Fault = refused });
        }

        context.Tell(answer.IsStale
            ? new Outcome(ScoringPages.StaleText, Bad: true)
            : new Outcome("Saved. All sessions follow the new rules."));
        return Results.Redirect($"/p/{here.Project.Id}/settings/rules/{found.Name}");
    }

    private static RuleFormAnswer AskedOf(
        IFormCollection form, RuleBook book, PageContext here, RulesScreen screen) =>
        form["do"].ToString() switch
        {
            "shipped" => new(screen.Set.Shipped, null),
            "restore" => new(
                book.Versions(here.Project, screen.Set).FirstOrDefault(one =>
                    one.Version.ToString(CultureInfo.InvariantCulture) == form["restore"])?.Json
                ?? "",
                null),
            _ when form["part"] == "fields" && screen.Form is { } fields =>
                fields.Read(form, screen.Current.Json),
            _ => new(form["json"].ToString(), null),
        };

    private static RulesScreen ScreenOf(
        PageContext here, RuleBook book, LensPages pages, RuleSet set)
    {
        var current = book.Current(here.Project, set);
        return new RulesScreen
        {
            Set = set,
            Form = pages.FormOf(set.Name),
            Current = current,
            Text = Pretty(current.Json),
            Versions = book.Versions(here.Project, set),
        };
    }

    private static string Pretty(string json)
    {
        using var rules = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(rules, Indented);
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

/// <summary>A preview as it was asked for.</summary>
/// <param name="Days">How many days it plays; null = the whole history.</param>
public sealed record RulesAsked(int? Days);

/// <summary>Everything a page of rules shows.</summary>
public sealed record RulesScreen
{
    /// <summary>Which set.</summary>
    public required RuleSet Set { get; init; }

    /// <summary>The form for it; null = only its text.</summary>
    public RuleForm? Form { get; init; }

    /// <summary>What was asked to be previewed; null = nothing.</summary>
    public RulesAsked? Asked { get; init; }

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
