using Sojourn.Server.Accounts;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Settings;

/// <summary>Accounts on a page: adding, roles, links for a password, removing.</summary>
internal static class PeoplePages
{
    private const string Path = "/p/{project}/settings/people";
    private const string NoSuchRole = "There is no such role.";

    public static void MapPeoplePages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).Needs(Policy.Manage);
        routes.MapPost(Path, AddAsync).Needs(Policy.Manage);
        routes.MapPost(Path + "/{id}/role", SetRoleAsync).Needs(Policy.Manage);
        routes.MapPost(Path + "/{id}/link", MakeLinkAsync).Needs(Policy.Manage);
        routes.MapPost(Path + "/{id}/remove", RemoveAsync).Needs(Policy.Manage);
    }

    internal static Task<IResult> ShowAsync(HttpContext context, PeopleScreen screen) =>
        screen.DrawAsync(context, new PeopleSaid());

    /// <summary>The link is in the answer itself, and nowhere after it.</summary>
    internal static async Task<IResult> AddAsync(
        HttpContext context, Invitations invitations, PeopleScreen screen)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var written = form["email"].ToString();
        if (!Account.TryReadEmail(written, out var email))
        {
            return await screen.DrawAsync(
                context, new(written, StaffProblems.EmailInvalid.Title), 422);
        }

        if (RoleWords.Find(form["role"]) is not { } role)
            return await screen.DrawAsync(context, new(written, NoSuchRole), 422);

        var added = await invitations.AddAsync(email, role, context.RequestAborted);
        return added.Refusal is { } refusal
            ? await screen.DrawAsync(
                context, new(written, StaffProblems.Of(refusal).Title), 409)
            : await screen.DrawAsync(context, new(Link: added.Path, LinkOf: email));
    }

    internal static async Task<IResult> SetRoleAsync(
        HttpContext context, string id, Staff staff, OpenStreams streams)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (RoleWords.Find(form["role"]) is not { } role)
            return Back(context, new Outcome(NoSuchRole, Bad: true));

        var answer = await staff.SetRoleAsync(id, role, context.RequestAborted);
        streams.Check();
        return Back(context, OutcomeOf(answer, "The role is changed."));
    }

    internal static async Task<IResult> MakeLinkAsync(
        HttpContext context, string id, Staff staff, Invitations invitations, PeopleScreen screen)
    {
        if (staff.Find(id) is not { } account)
            return Back(context, OutcomeOf(new(null, StaffRefusal.Unknown), ""));

        var made = await invitations.ResetAsync(account.Email, context.RequestAborted);
        return await screen.DrawAsync(context, new(Link: made.Path, LinkOf: account.Email));
    }

    internal static async Task<IResult> RemoveAsync(
        HttpContext context, string id, Staff staff, SignIns signIns)
    {
        var answer = await staff.RemoveAsync(id, context.RequestAborted);
        if (answer.Refusal is null)
            await signIns.EndAllAsync(id, except: null, default);
        return Back(context, OutcomeOf(answer, "Removed, and signed out."));
    }

    private static Outcome OutcomeOf(StaffAnswer answer, string done) =>
        answer.Refusal is { } refusal
            ? new Outcome(StaffProblems.Of(refusal).Title, Bad: true)
            : new Outcome(done);

    private static IResult Back(HttpContext context, Outcome outcome)
    {
        context.Tell(outcome);
        return Results.Redirect($"/p/{context.Project().Id}/settings/people");
    }
}
