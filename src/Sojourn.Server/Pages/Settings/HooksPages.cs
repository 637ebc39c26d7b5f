using Microsoft.AspNetCore.Hosting.Server;
using Sojourn.Ingest;
using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Api.Hooks;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Settings;

/// <summary>A project's hooks on a page.</summary>
internal static class HooksPages
{
    private const string Path = "/p/{project}/settings/hooks";

    public static void MapHooksPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).Needs(Policy.Manage);
        routes.MapPost(Path, CreateAsync).Needs(Policy.Manage);
        routes.MapPost(Path + "/{id}/check", SetCheckAsync).Needs(Policy.Manage);
        routes.MapPost(Path + "/{id}/delete", DeleteAsync).Needs(Policy.Manage);
    }

    internal static Task<IResult> ShowAsync(HttpContext context, HookBook hooks, Frame frame) =>
        RenderAsync(context, hooks, frame);

    /// <summary>The address is in the answer itself, and nowhere after it.</summary>
    internal static async Task<IResult> CreateAsync(
        HttpContext context, HookBook hooks, Frame frame, PublicAddress address, IServer server)
    {
        var asked = HookAsked.Of(await context.Request.ReadFormAsync(context.RequestAborted));
        if (HookSources.Of(asked.Source) is not { } source)
        {
            return await RenderAsync(
                context, hooks, frame, fault: "There is no such provider.", status: 422);
        }

        if (asked.TryRead(source, out var proof) is { } problem)
            return await RenderAsync(context, hooks, frame, fault: problem.Hint, status: 422);

        var project = context.Project();
        var made = await hooks.AddAsync(
            project, source, proof, context.Caller().Actor, context.RequestAborted);
        return made is null
            ? await RenderAsync(
                context, hooks, frame, fault: HookProblems.TooMany.Title, status: 409)
            : await RenderAsync(
                context, hooks, frame,
                made: address.LinkTo(HookSettingsApi.PathOf(project.Id, made), server));
    }

    internal static async Task<IResult> SetCheckAsync(
        HttpContext context, string id, HookBook hooks, Frame frame)
    {
        var asked = HookAsked.Of(await context.Request.ReadFormAsync(context.RequestAborted));
        if (hooks.Find(context.Project(), id) is not { } hook)
            return Back(context, null, "");
        if (asked.TryRead(hook.Source, out var proof) is { } problem)
            return await RenderAsync(context, hooks, frame, fault: problem.Hint, status: 422);

        return Back(
            context,
            await hooks.SetProofAsync(context.Project(), id, proof, context.RequestAborted),
            "Saved. Requests are checked with it from now on.");
    }

    internal static async Task<IResult> DeleteAsync(
        HttpContext context, string id, HookBook hooks) => Back(
            context,
            await hooks.DeleteAsync(context.Project(), id, context.RequestAborted),
            "Deleted. The address opens nothing any more.");

    private static async Task<IResult> RenderAsync(
        HttpContext context,
        HookBook hooks,
        Frame frame,
        string? made = null,
        string? fault = null,
        int status = StatusCodes.Status200OK)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<HooksPage>(
            new()
            {
                [nameof(HooksPage.Hooks)] = hooks.ListOf(context.Project().Id),
                [nameof(HooksPage.Address)] = made,
                [nameof(HooksPage.Fault)] = fault,
            },
            status);
    }

    private static IResult Back(HttpContext context, Hook? hook, string done)
    {
        context.Tell(hook is null
            ? new Outcome("Not done: there is no such hook.", Bad: true)
            : new Outcome(done));
        return Results.Redirect($"/p/{context.Project().Id}/settings/hooks");
    }
}
