using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sojourn.Server.Api;
using Sojourn.Server.Outreach;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Outreach;

/// <summary>A project's outreach on a page.</summary>
internal static class OutreachPages
{
    /// <summary>Its place among the settings.</summary>
    public const string Name = "outreach";

    internal const string Path = "/p/{project}/settings/" + Name;

    // What the first rule may look like; switched off until somebody wants it.
    private static readonly OutreachSettings Example = new()
    {
        Rules =
        [
            new("left", "Left the form", Enabled: false, "30m", [new("0s", "email-en")]),
        ],
    };

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void MapOutreachPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).Needs(Policy.Manage);
        routes.MapPost(Path, SaveAsync).Needs(Policy.Manage);
        routes.MapPost(Path + "/suppressed", SuppressAsync).Needs(Policy.Manage);
        routes.MapPost(Path + "/suppressed/{key}/remove", UnsuppressAsync).Needs(Policy.Manage);
        routes.MapTemplatePages();
    }

    internal static async Task<IResult> ShowAsync(OutreachDesk desk, Frame frame) =>
        await RenderAsync(frame, await desk.LoadAsync());

    internal static async Task<IResult> SaveAsync(
        HttpContext context, OutreachBook book, OutreachDesk desk, Frame frame)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var json = form["json"].ToString();
        _ = int.TryParse(form["version"], CultureInfo.InvariantCulture, out var seen);
        var answer = await book.SaveAsync(
            context.Project(), seen, json, context.RequestAborted);
        if (answer.Fault is { } fault)
        {
            var screen = await desk.LoadAsync();
            return await RenderAsync(frame, screen with { Text = json, Fault = fault });
        }

        return Back(context, answer.IsStale
            ? new Outcome("Not saved: somebody else saved first. Repeat your change.", Bad: true)
            : new Outcome("Saved. Messages that wait follow it, too."));
    }

    internal static async Task<IResult> SuppressAsync(
        HttpContext context, Suppressions suppressed, OutreachDesk desk, Frame frame)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (MailAddresses.Read(form["address"]) is not { } address)
        {
            var screen = await desk.LoadAsync();
            return await RenderAsync(frame, screen with
            {
                AddressFault = "This is no address. Write one, e.g. help@shop.example.",
            });
        }

        await suppressed.AddAsync(
            context.Project().Id, address, Suppressions.ByStaff, context.Caller().Actor,
            context.RequestAborted);
        return Back(context, new Outcome("Done. Nothing is sent to this address any more."));
    }

    internal static async Task<IResult> UnsuppressAsync(
        HttpContext context, string key, Suppressions suppressed) => Back(
            context,
            await suppressed.RemoveAsync(context.Project(), key, context.RequestAborted)
                ? new Outcome("Done. Messages may go to this address again.")
                : new Outcome("Not done: this address is not on the list.", Bad: true));

    /// <summary>Settings as people edit them.</summary>
    internal static string TextOf(int version, OutreachSettings settings)
    {
        using var json = JsonDocument.Parse((version == 0 ? Example : settings).Write());
        return JsonSerializer.Serialize(json, Indented);
    }

    internal static IResult Back(HttpContext context, Outcome outcome)
    {
        context.Tell(outcome);
        return Results.Redirect($"/p/{context.Project().Id}/settings/{Name}");
    }

    private static async Task<IResult> RenderAsync(Frame frame, OutreachScreen screen)
    {
        await frame.LoadAsync(default);
        return Page.Of<OutreachPage>(
            new() { [nameof(OutreachPage.Screen)] = screen },
            screen.Fault is null && screen.AddressFault is null
                ? StatusCodes.Status200OK
                : StatusCodes.Status422UnprocessableEntity);
    }
}
