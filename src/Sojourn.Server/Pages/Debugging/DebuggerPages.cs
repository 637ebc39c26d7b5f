using System.Globalization;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Debugging;

/// <summary>What was refused and why, what was taken, and what each code means.</summary>
internal static class DebuggerPages
{
    /// <summary>The page of refused events, below a project.</summary>
    public const string Path = "debugger";

    /// <summary>The page of accepted events, below a project.</summary>
    public const string Live = Path + "/live";

    /// <summary>The page of all codes, below a project.</summary>
    public const string Codes = Path + "/codes";

    /// <summary>Leads to the session of an event, below a project.</summary>
    public const string ToSession = Path + "/session";

    // Runs of one key that are looked through for the one an event belongs to.
    private const ulong RunsMax = 100;

    public static void MapDebuggerPages(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/p/{project}");
        group.MapGet(Path, (HttpContext context, Refusals refusals, Frame frame) =>
            RefusedAsync(context, null, refusals, frame)).Needs(Policy.See);
        group.MapGet(Path + "/{refusal}", (
            HttpContext context, string refusal, Refusals refusals, Frame frame) =>
            RefusedAsync(context, refusal, refusals, frame)).Needs(Policy.See);
        group.MapGet(Live, AcceptedAsync).Needs(Policy.See);
        group.MapGet(Codes, CodesAsync).Needs(Policy.See);
        group.MapGet(ToSession + "/{id}", SessionAsync).Needs(Policy.See);
    }

    /// <summary>The refused events; 404 with them when the open one is not kept.</summary>
    internal static async Task<IResult> RefusedAsync(
        HttpContext context, string? refusal, Refusals refusals, Frame frame)
    {
        await frame.LoadAsync(context.RequestAborted);
        var screen = refusals.Load(AddressOf(context, Path, refusal));
        return Page.Of<RefusedPage>(
            new() { ["Screen"] = screen },
            screen.IsGone ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    /// <summary>The accepted events, newest first.</summary>
    internal static async Task<IResult> AcceptedAsync(
        HttpContext context, Accepted accepted, Frame frame)
    {
        await frame.LoadAsync(context.RequestAborted);
        var screen = await accepted.LoadAsync(
            AddressOf(context, Live, null), context.RequestAborted);
        return Page.Of<AcceptedPage>(new() { ["Screen"] = screen });
    }

    /// <summary>Every code with what to do.</summary>
    internal static async Task<IResult> CodesAsync(HttpContext context, Frame frame)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<CodesPage>([]);
    }

    /// <summary>Redirects to the session that an id leads to, at the instant asked for.</summary>
    internal static async Task<IResult> SessionAsync(
        HttpContext context, string id, IStore store, LensPages pages, Frame frame)
    {
        var project = context.Project();
        var found = SessionId.TryParse(id, out var asked)
            ? await FindAsync(store, project.Id, asked, InstantOf(context), context.RequestAborted)
            : null;
        if (found is not null
            && pages.All.FirstOrDefault(one => one.Lens.Kind.Name == found.Kind) is { } page)
        {
            return Results.Redirect($"/p/{project.Id}/{page.Lens.Name}/{found.Id}?"
                + $"{ListAddress.Tab}=timeline");
        }

        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<NotFoundPage>([], StatusCodes.Status404NotFound);
    }

    // An event of a key belongs to the last of its runs that had begun by then.
    private static async Task<Session?> FindAsync(
        IStore store, string project, SessionId id, long atUs, CancellationToken cancel)
    {
        var found = await store.FindSessionAsync(project, id, cancel);
        for (var run = 1UL; found is not null && found.StartedUs > atUs && run < RunsMax; run++)
        {
            if (found.Id.Part <= 1 || found.Id.Key != id.Key || id.Part != ulong.MaxValue)
                break;

            var before = found.Id with { Part = found.Id.Part - 1 };
            found = await store.FindSessionAsync(project, before, cancel);
        }

        return found;
    }

    private static long InstantOf(HttpContext context) =>
        long.TryParse(
            context.Request.Query["at"], NumberStyles.None, CultureInfo.InvariantCulture,
            out var us)
            ? us
            : long.MaxValue;

    private static ListAddress AddressOf(HttpContext context, string path, string? open) =>
        new(context.Project().Id, path, open,
        [
            .. context.Parameters().Where(one => one.Value.Length > 0),
        ]);
}
