using Sojourn.Events;
using Sojourn.Server.Api;
using Sojourn.Server.Pages.SignIn;
using Sojourn.Sessions;
using Sojourn.Storage;

namespace Sojourn.Server.Accounts;

/// <summary>The page that makes the first admin and the first project. Gone once it did.</summary>
internal static class SetUpPages
{
    private const string LinkIsOver =
        "This link is not the one the server printed, or it is over an hour old. "
        + "Start the server again for a new one.";

    public static void MapSetUp(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup", ShowAsync).Needs(Policy.Open).EvenBeforeSetUp();
        routes.MapPost("/setup", PostAsync).Needs(Policy.Open).EvenBeforeSetUp();
    }

    /// <summary>The form; without the link, where to find it.</summary>
    internal static Task ShowAsync(HttpContext context, FirstRun first, IStore store)
    {
        if (first.IsOver)
            return Problems.NotFound.WriteAsync(context);

        var token = context.Request.Query["token"].ToString();
        var form = new SetUpForm { Token = token, NeedsProject = store.Projects.Count == 0 };
        return token.Length == 0
            ? RenderAsync(context, form, null)
            : first.Opens(token)
                ? RenderAsync(context, form, null)
                : RenderAsync(context, form with { Token = "" }, LinkIsOver, 403);
    }

    /// <summary>Makes admin and project, signs in, and goes to the start page.</summary>
    internal static async Task PostAsync(
        HttpContext context, FirstRun first, Staff staff, Passwords passwords, SignIns signIns,
        IStore store)
    {
        if (first.IsOver)
        {
            await Problems.NotFound.WriteAsync(context);
            return;
        }

        var sent = await context.Request.ReadFormAsync(context.RequestAborted);
        var form = SetUpForm.Of(sent, needsProject: store.Projects.Count == 0);
        if (!first.Opens(form.Token))
        {
            await RenderAsync(context, form with { Token = "" }, LinkIsOver, 403);
            return;
        }

        if (FaultOf(form, out var email, out var project) is { } fault)
        {
            await RenderAsync(context, form, fault, 422);
            return;
        }

        var made = await staff.AddFirstAsync(
            email, passwords.Hash(form.Password), context.RequestAborted);
        if (made.Account is not { } admin)
        {
            // Somebody with the same link was faster.
            await Problems.NotFound.WriteAsync(context);
            return;
        }

        first.Finish();
        await FinishAsync(context, store, signIns, admin, project);
    }

    // There is an admin now, so nobody may leave the rest undone.
    private static async Task FinishAsync(
        HttpContext context,
        IStore store,
        SignIns signIns,
        Account admin,
        NewProjectAsked? project)
    {
        if (project is not null)
            await store.CreateProjectAsync(project.Name, project.ToSettings(), default);
        SignInCookie.Write(context, await signIns.StartAsync(admin, default));
        context.GoTo("/");
    }

    private static string? FaultOf(
        SetUpForm form, out string email, out NewProjectAsked? project)
    {
        project = null;
        if (!Account.TryReadEmail(form.Email, out email))
            return "This is no e-mail address.";
        if (Passwords.FaultOf(form.Password, email) is { } fault)
            return fault;

        return form.NeedsProject && !NewProjectAsked.TryRead(
            form.Project,
            Micros.From(ProjectSettings.Default.Timeout),
            form.TimeZone,
            form.Currency,
            out project,
            out var wrong)
            ? wrong
            : null;
    }

    private static Task RenderAsync(
        HttpContext context, SetUpForm form, string? fault, int status = 200) =>
        context.ShowAsync<SetUpPage>(
            new() { [nameof(SetUpPage.Form)] = form, [nameof(SetUpPage.Fault)] = fault }, status);
}

/// <summary>What the form holds.</summary>
public sealed record SetUpForm
{
    /// <summary>The link's token, or the link.</summary>
    public string Token { get; init; } = "";

    public string Email { get; init; } = "";

    public string Password { get; init; } = "";

    public string Project { get; init; } = "";

    public string Currency { get; init; } = ProjectSettings.Default.Currency;

    public string TimeZone { get; init; } = ProjectSettings.Default.TimeZone;

    /// <summary>False when a command made one before.</summary>
    public bool NeedsProject { get; init; }

    public static SetUpForm Of(IFormCollection sent, bool needsProject) => new()
    {
        NeedsProject = needsProject,
        Token = sent["token"].ToString(),
        Email = sent["email"].ToString(),
        Password = sent["password"].ToString(),
        Project = sent["project"].ToString(),
        Currency = sent["currency"].ToString(),
        TimeZone = sent["time_zone"].ToString(),
    };
}
