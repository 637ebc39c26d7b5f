using Sojourn.Server.Api;
using Sojourn.Server.Pages.Lists;
using Sojourn.Storage;

namespace Sojourn.Server.Pages;

/// <summary>The address without a path: on to where the work is.</summary>
internal static class HomePages
{
    public static void MapHomePages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", Go).Needs(Policy.SignedIn);

    /// <summary>The first list of the first project; without a project, the account.</summary>
    internal static IResult Go(IStore store, LensPages pages) =>
        store.Projects.Count == 0
            ? Results.Redirect("/account")
            : Results.Redirect($"/p/{store.Projects[0].Id}/{pages.All[0].Lens.Name}");
}
