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
}
