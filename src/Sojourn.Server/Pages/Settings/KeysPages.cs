using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Settings;

/// <summary>A project's keys on a page.</summary>
internal static class KeysPages
{
    private const string Path = "/p/{project}/settings/keys";

    public static void MapKeysPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).Needs(Policy.Manage);
        routes.MapPost(Path, CreateAsync).Needs(Policy.Manage);
        routes.MapPost(Path + "/{id}/revoke", RevokeAsync).Needs(Policy.Manage);
    }

    internal static Task<IResult> ShowAsync(HttpContext context, IStore store, Frame frame) =>
        RenderAsync(context, store, frame, null, null, StatusCodes.Status200OK);

    /// <summary>A secret key's token is in the answer itself, and nowhere after it.</summary>
    internal static async Task<IResult> CreateAsync(
        HttpContext context, IStore store, Frame frame)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (KeysApi.KindOf(form["kind"]) is not { } kind)
        {
            return await RenderAsync(
                context, store, frame, null, "There is no such kind of key.", 422);
        }

        var made = await store.CreateKeyAsync(
            context.Project().Id, kind, context.RequestAborted);
        if (made is null)
        {
            return await RenderAsync(
                context, store, frame, null, "The project has as many keys as it may.", 409);
        }

        if (kind == KeyKind.Secret)
            return await RenderAsync(context, store, frame, made.Token, null, 200);

        context.Tell(new Outcome("Key made."));
        return Back(context);
    }

    internal static async Task<IResult> RevokeAsync(
        HttpContext context, string id, IStore store)
    {
        var revoked = await store.RevokeKeyAsync(
            context.Project().Id, id, context.RequestAborted);
        context.Tell(revoked is null
            ? new Outcome("Not done: there is no such key.", Bad: true)
            : new Outcome("Revoked. The key opens nothing any more."));
        return Back(context);
    }

    private static async Task<IResult> RenderAsync(
        HttpContext context, IStore store, Frame frame, string? made, string? fault, int status)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<KeysPage>(
            new()
            {
                [nameof(KeysPage.Keys)] = store.KeysOf(context.Project().Id),
                [nameof(KeysPage.Made)] = made,
                [nameof(KeysPage.Fault)] = fault,
            },
            status);
    }

    private static IResult Back(HttpContext context) =>
        Results.Redirect($"/p/{context.Project().Id}/settings/keys");
}
