using Sojourn.Server.Api;
using Sojourn.Server.Pages.SignIn;

namespace Sojourn.Server.Accounts;

/// <summary>
/// Links that the operator hands out. Opening one only shows a form, so that programs that look
/// at links in chats and mails do not use it up; the form chooses a password and signs in.
/// </summary>
internal static class SignInLinkPages
{
    private const string IsOver =
        "This link was used already, or it is older than half an hour. "
        + "An admin makes you a new one.";

    public static void MapSignInLinks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/link", ShowAsync).Needs(Policy.Open);
        routes.MapPost("/sign-in/link", PostAsync).Needs(Policy.Open);
    }

    internal static async Task ShowAsync(
        HttpContext context, SignInLinks links, SignIns signIns, Staff staff, ServerSetup setup)
    {
        var token = context.Request.Query["token"].ToString();
        if (setup.StandingLink is { } standing && SecretToken.AreEqual(token, standing.Token)
            && staff.Find(standing.Account) is { } account)
        {
            await context.SignInAsync(signIns, account);
            context.GoTo("/");
            return;
        }

        await (links.Find(token) is { } known
            ? RenderAsync(context, token, known.Email, null, 200)
            : RenderAsync(context, "", "", IsOver, 404));
    }

    internal static async Task PostAsync(
        HttpContext context, SignInLinks links, SignIns signIns, Staff staff, Passwords passwords)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (token, password) = (form["token"].ToString(), form["password"].ToString());
        if (links.Find(token) is not { } account)
        {
            await RenderAsync(context, "", "", IsOver, 404);
            return;
        }

        if (Passwords.FaultOf(password, account.Email) is { } fault)
        {
            await RenderAsync(context, token, account.Email, fault, 422);
            return;
        }

        var hash = passwords.Hash(password);
        if (!await links.UseAsync(token, context.RequestAborted))
        {
            await RenderAsync(context, "", "", IsOver, 404);
            return;
        }

        // The link is used up: from here on it is done to the end.
        await staff.SetPasswordAsync(account.Id, hash, default);
        await signIns.EndAllAsync(account.Id, except: null, default);
        await context.SignInAsync(signIns, account);
        context.GoTo("/");
    }

    private static Task RenderAsync(
        HttpContext context, string token, string email, string? fault, int status) =>
        context.ShowAsync<ChoosePasswordPage>(
            new()
            {
                [nameof(ChoosePasswordPage.Token)] = token,
                [nameof(ChoosePasswordPage.Email)] = email,
                [nameof(ChoosePasswordPage.Fault)] = fault,
            },
            status);
}
