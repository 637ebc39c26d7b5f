using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Server.Pages.Lists;

namespace Sojourn.Server.Pages.Persons;

/// <summary>The people of a project, and each with all their sessions.</summary>
internal static class PersonPages
{
    /// <summary>The page of people, below a project.</summary>
    public const string Path = "people";

    public static void MapPersonPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/p/{project}/" + Path, ListAsync).Needs(Policy.See);
        routes.MapGet("/p/{project}/" + Path + "/{id}", ShowAsync).Needs(Policy.See);
        routes.MapPost("/p/{project}/" + Path + "/{id}/merge", MergeAsync).Needs(Policy.Work);
        routes.MapPost("/p/{project}/" + Path + "/{id}/unmerge", UndoAsync).Needs(Policy.Work);
    }

    /// <summary>The page of a person, below a project.</summary>
    public static string Of(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <summary>The people seen last, or those a search finds.</summary>
    internal static async Task<IResult> ListAsync(
        HttpContext context, KnownPeople people, Frame frame)
    {
        await frame.LoadAsync(context.RequestAborted);
        return Page.Of<PersonListPage>(new()
        {
            ["Screen"] = await people.LoadAsync(
                context.Request.Query["q"].ToString(), context.RequestAborted),
        });
    }

    /// <summary>A person; an id that was joined to another redirects there.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context, string id, PersonScreens screens, Frame frame)
    {
        var project = context.Project().Id;
        var asked = PeopleApi.IdOf(id);
        var parameters = context.Parameters().Where(one => one.Value.Length > 0);
        var address = new ListAddress(project, Of(asked), null, [.. parameters]);
        var screen = await screens.LoadAsync(asked, address, context.RequestAborted);
        if (screen is not null && screen.Person.Id != asked)
        {
            var there = address with { Lens = Of(screen.Person.Id) };
            return Results.Redirect(
                there.With(PersonScreen.Merged, asked).ToString(),
                permanent: true,
                preserveMethod: true);
        }

        await frame.LoadAsync(context.RequestAborted);
        return screen is null
            ? Page.Of<NotFoundPage>([], StatusCodes.Status404NotFound)
            : Page.Of<PersonPage>(new() { ["Screen"] = screen });
    }

    /// <summary>Makes two people one; leads to the one they are then.</summary>
    internal static async Task<IResult> MergeAsync(HttpContext context, string id, Merging merging)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (project, cancel) = (context.Project().Id, context.RequestAborted);
        var asked = PeopleApi.IdOf(id);
        var (plan, problem) = await merging.PlanAsync(
            project, asked, form[PersonScreen.With].ToString().Trim(), context.Caller().Actor,
            cancel);
        if (plan is not null)
            problem = await merging.MergeAsync(project, plan, cancel);
        var there = plan?.Kept.Person.Id ?? asked;
        context.Tell(problem is not null
            ? new Outcome(problem.Title, Bad: true)
            : new Outcome("Merged: they are one person now.")
            {
                Merge = new UndoMerge(there, plan!.Alias.Id), // A plan, or there is a problem.
            });
        return Results.Redirect($"/p/{project}/{Of(there)}");
    }

    /// <summary>Takes a merge back.</summary>
    internal static async Task<IResult> UndoAsync(HttpContext context, string id, Merging merging)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var project = context.Project().Id;
        var asked = PeopleApi.IdOf(id);
        var problem = await merging.UndoAsync(
            project, asked, form["alias_id"].ToString(), context.Caller().Actor,
            context.RequestAborted);
        context.Tell(problem is not null
            ? new Outcome(problem.Title, Bad: true)
            : new Outcome("Undone: they are two people again."));
        return Results.Redirect($"/p/{project}/{Of(asked)}");
    }
}
