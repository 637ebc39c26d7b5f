using Sojourn.Server.Api;
using Sojourn.Server.Pages.Layout;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Pages.Lists;

/// <summary>The lists of sessions, each with the panel of one of them.</summary>
internal static class ListPages
{
    public static void MapListPages(this IEndpointRouteBuilder routes, LensPages pages)
    {
        foreach (var page in pages.All)
        {
            var path = $"/p/{{project}}/{page.Lens.Name}";
            routes.MapGet(path, (
                HttpContext context, SessionLists lists, Frame frame) =>
                ShowAsync(context, page, null, lists, frame)).Needs(Policy.See);
            routes.MapGet(path + "/{session}", (
                HttpContext context, string session, SessionLists lists, Frame frame) =>
                ShowAsync(context, page, session, lists, frame)).Needs(Policy.See);
            routes.MapPost(path + "/{session}/actions", (
                HttpContext context, string session, IStore store) =>
                ActAsync(context, page, session, store)).Needs(Policy.Work);
            routes.MapPost(path + "/bulk", (HttpContext context, IStore store) =>
                ActOnManyAsync(context, page, store)).Needs(Policy.Work);
            routes.MapPost(path + "/views", (HttpContext context, SavedViews views) =>
                SaveViewAsync(context, page, views)).Needs(Policy.Work);
            routes.MapPost(path + "/views/{view}/delete", (
                HttpContext context, string view, SavedViews views) =>
                DeleteViewAsync(context, page, view, views)).Needs(Policy.Work);
            routes.MapPost(path + "/columns", (HttpContext context, SavedViews views) =>
                ChooseColumnsAsync(context, page, views)).Needs(Policy.See);
        }
    }

    /// <summary>The list; a session that another one took up redirects to that one.</summary>
    internal static async Task<IResult> ShowAsync(
        HttpContext context, LensPage page, string? session, SessionLists lists, Frame frame)
    {
        var address = AddressOf(context, page, session);
        var screen = await lists.LoadAsync(page, address, context.RequestAborted);
        await frame.LoadAsync(context.RequestAborted);
        if (screen is null)
            return Page.Of<NotFoundPage>(new() { }, StatusCodes.Status404NotFound);

        return screen.Panel is { } panel && panel.Row.Id != session
            ? Results.Redirect(address.Open(panel.Row.Id).With(ListAddress.Moved, session!)
                .ToString(), permanent: true, preserveMethod: true)
            : Page.Of<ListPage>(new() { ["Screen"] = screen });
    }

    /// <summary>One action; the answer leads back to the panel and says how it went.</summary>
    internal static async Task<IResult> ActAsync(
        HttpContext context, LensPage page, string session, IStore store)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var back = AddressOf(context, page, session).ToString();
        if (!SessionId.TryParse(session, out var id))
            return Results.NotFound();

        var answer = await store.ActAsync(
            RequestOf(context, form, id, VersionOf(form)), context.RequestAborted);
        context.Tell(Outcome.Of(answer, form["type"].ToString()));
        return Results.Redirect(back, permanent: false, preserveMethod: false);
    }

    /// <summary>The same action on several sessions, each judged by itself.</summary>
    internal static async Task<IResult> ActOnManyAsync(
        HttpContext context, LensPage page, IStore store)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var ids = form["id"].OfType<string>().Take(Queries.SessionQuery.LimitMax);
        var answers = new List<ActionAnswer>();
        foreach (var text in ids)
        {
            if (SessionId.TryParse(text, out var id))
            {
                answers.Add(await store.ActAsync(
                    RequestOf(context, form, id, version: null), context.RequestAborted));
            }
        }

        context.Tell(Outcome.OfMany(answers, form["type"].ToString()));
        return Results.Redirect(AddressOf(context, page, null).ToString());
    }

    private static async Task<IResult> SaveViewAsync(
        HttpContext context, LensPage page, SavedViews views)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form["name"].ToString().Trim();
        var address = AddressOf(context, page, null).Without(ListAddress.View);
        if (name.Length is 0 or > SavedViews.NameCharsMax)
        {
            context.Tell(new Outcome("Give the view a name of 1 to 60 characters.", Bad: true));
            return Results.Redirect(address.ToString());
        }

        var kept = address.Parameters.Where(one => one.Key != ListAddress.Tab);
        var view = await views.AddAsync(
            context.Project(), name, page.Lens.Name, kept, context.Caller(),
            context.RequestAborted);
        context.Tell(view is null
            ? new Outcome("There are too many views. Delete one first.", Bad: true)
            : new Outcome("View saved for everyone in this project."));
        return Results.Redirect(
            (view is null ? address : address.With(ListAddress.View, view.Id)).ToString());
    }

    private static async Task<IResult> DeleteViewAsync(
        HttpContext context, LensPage page, string view, SavedViews views)
    {
        await views.DeleteAsync(context.Project(), view, context.RequestAborted);
        context.Tell(new Outcome("View deleted. Its filters are still set."));
        return Results.Redirect(
            AddressOf(context, page, null).Without(ListAddress.View).ToString());
    }

    private static async Task<IResult> ChooseColumnsAsync(
        HttpContext context, LensPage page, SavedViews views)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        IReadOnlyList<string> chosen = form.ContainsKey("default")
            ? []
            : [.. page.Columns
                .Where(one => one.Always || form[ListAddress.Columns].Contains(one.Name))
                .Select(one => one.Name)];
        await views.ChooseColumnsAsync(
            context.Project(), context.Caller(), page.Lens.Name, chosen,
            context.RequestAborted);
        return Results.Redirect(
            AddressOf(context, page, null).Without(ListAddress.Columns).ToString());
    }

    private static ActionRequest RequestOf(
        HttpContext context, IFormCollection form, SessionId id, int? version)
    {
        var type = form["type"].ToString();
        var text = form["text"].ToString().Trim();
        return new(
            context.Project().Id, id, version, type,
            type == ActionTypes.Status ? form["to"].ToString() : null,
            text.Length == 0 ? null : text,
            context.Caller().Actor);
    }

    private static int? VersionOf(IFormCollection form) =>
        int.TryParse(form["version"], out var version) ? version : null;

    private static ListAddress AddressOf(
        HttpContext context, LensPage page, string? session) =>
        new(context.Project().Id, page.Lens.Name, session,
        [
            .. context.Parameters()
                .Where(one => one.Value.Length > 0 || IsUnknown(page, one.Key)),
        ]);

    // Forms send every field; an empty one only means something where "unknown" is a value.
    private static bool IsUnknown(LensPage page, string name) =>
        page.Filters.OfType<ValueFilter>().Any(one => one.Field.Name == name)
        || page.Lens.Fields.Any(one => one.Type == FieldType.Path
            && name.StartsWith(one.Name + "_", StringComparison.Ordinal));
}
