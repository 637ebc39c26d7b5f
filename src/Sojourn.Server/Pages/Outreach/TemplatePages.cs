using System.Globalization;
using Sojourn.Server.Api;
using Sojourn.Server.Outreach;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Outreach;

/// <summary>One template on a page: edit, look at it, save, delete.</summary>
internal static class TemplatePages
{
    private const string Path = OutreachPages.Path + "/templates";

    public static void MapTemplatePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, NewAsync).Needs(Policy.Manage);
        routes.MapPost(Path, ChangeAsync).Needs(Policy.Manage);
        routes.MapGet(Path + "/{id}", ShowAsync).Needs(Policy.Manage);
    }

    internal static Task<IResult> NewAsync(HttpContext context, Frame frame) =>
        RenderAsync(context, frame, new TemplateScreen
        {
            Template = new("", "", MessageTemplate.Email, "en", "", ""),
            IsNew = true,
        });

    internal static async Task<IResult> ShowAsync(
        HttpContext context, string id, TemplateBook book, TemplatePreviews previews,
        Frame frame)
    {
        if (book.Find(context.Project(), id) is not { } found)
        {
            await frame.LoadAsync(context.RequestAborted);
            return Page.Of<NotFoundPage>([], StatusCodes.Status404NotFound);
        }

        return await RenderAsync(context, frame, new TemplateScreen
        {
            Template = found,
            Preview = await previews.RunAsync(context.Project(), found, context.RequestAborted),
        });
    }

    internal static async Task<IResult> ChangeAsync(
        HttpContext context, TemplateBook book, TemplatePreviews previews, Frame frame)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (project, template) = (context.Project(), Read(form));
        var screen = new TemplateScreen { Template = template, IsNew = form["new"] == "yes" };
        if (form["do"] == "delete")
        {
            return OutreachPages.Back(
                context,
                await book.DeleteAsync(project, template.Id, context.RequestAborted)
                    ? new Outcome("Deleted. Messages that wait for it are stopped.")
                    : new Outcome("Not done: there is no such template.", Bad: true));
        }

        if (template.FaultOf() is var (_, fault))
            return await RenderAsync(context, frame, screen with { Fault = fault });

        if (form["do"] == "preview")
        {
            return await RenderAsync(context, frame, screen with
            {
                Preview = await previews.RunAsync(project, template, context.RequestAborted),
            });
        }

        var answer = await book.PutAsync(project, template, context.RequestAborted);
        if (answer.Fault is { } refused)
            return await RenderAsync(context, frame, screen with { Fault = refused });

        return OutreachPages.Back(context, answer.IsStale
            ? new Outcome("Not saved: somebody else saved first. Repeat your change.", Bad: true)
            : new Outcome("Saved. Messages not yet tried are written with it."));
    }

    private static MessageTemplate Read(IFormCollection form)
    {
        _ = int.TryParse(form["version"], CultureInfo.InvariantCulture, out var version);
        return new MessageTemplate(
            form["id"].ToString().Trim(), form["name"].ToString().Trim(),
            form["channel"].ToString(), form["language"].ToString().Trim(),
            form["subject"].ToString().Trim(),
            form["body"].ToString().ReplaceLineEndings("\n"))
        {
            Version = version,
        };
    }

    private static async Task<IResult> RenderAsync(
        HttpContext context, Frame frame, TemplateScreen screen)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<TemplatePage>(
            new() { [nameof(TemplatePage.Screen)] = screen },
            screen.Fault is null
                ? StatusCodes.Status200OK
                : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>Everything the page of a template shows.</summary>
public sealed record TemplateScreen
{
    /// <summary>As it stands in the form.</summary>
    public required MessageTemplate Template { get; init; }

    /// <summary>True while its id can be chosen.</summary>
    public bool IsNew { get; init; }

    /// <summary>What it would say; null = nobody asked, or it has a fault.</summary>
    public TemplatePreview? Preview { get; init; }

    /// <summary>What is wrong with it; null = nothing.</summary>
    public TemplateFault? Fault { get; init; }
}
