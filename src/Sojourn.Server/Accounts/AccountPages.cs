using Sojourn.Server.Api;
using Sojourn.Server.Pages;
using Sojourn.Server.Pages.Lists;
using Sojourn.Server.Pages.SignIn;

namespace Sojourn.Server.Accounts;

/// <summary>What people do with their own account.</summary>
internal static class AccountPages
{
    private const string Wrong = "The present password is not right.";
    private const string TooOften = "There were too many tries. Wait a minute and try again.";

    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/account", ShowAsync).Needs(Policy.SignedIn);
        routes.MapPost("/account/password", SetPasswordAsync).Needs(Policy.SignedIn);
        routes.MapPost("/account/sign-out-elsewhere", SignOutElsewhereAsync)
            .Needs(Policy.SignedIn);
    }

    internal static Task ShowAsync(HttpContext context) =>
        RenderAsync(context, null, 200);

    /// <summary>Replaces the password, and ends every other sign-in of the account.</summary>
    internal static async Task SetPasswordAsync(
        HttpContext context, Staff staff, Passwords passwords, SignIns signIns, Tries tries)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var account = context.Account();
        var chosen = form["password"].ToString();
        // Whoever finds an open browser must not guess faster than at the door.
        if (tries.Take(Tries.AccountOf(account.Email)) is not null)
        {
            await RenderAsync(context, TooOften, 429);
            return;
        }

        if (await passwords.CheckAsync(
            account, form["present"].ToString(), context.RequestAborted) is not true)
        {
            await RenderAsync(context, Wrong, 422);
            return;
        }

        tries.GiveBack(Tries.AccountOf(account.Email));
        if (Passwords.FaultOf(chosen, account.Email) is { } fault)
        {
            await RenderAsync(context, fault, 422);
            return;
        }

        await staff.SetPasswordAsync(account.Id, passwords.Hash(chosen), context.RequestAborted);
        await signIns.EndAllAsync(account.Id, context.Caller().SignIn!.Id, default);
        context.Tell(new Outcome(
            "The password is changed; you were signed out everywhere else."));
        context.GoTo("/account");
    }

    /// <summary>Ends every other sign-in of the account.</summary>
    internal static async Task SignOutElsewhereAsync(HttpContext context, SignIns signIns)
    {
        await signIns.EndAllAsync(
            context.Account().Id, context.Caller().SignIn!.Id, context.RequestAborted);
        context.Tell(new Outcome("You were signed out everywhere else."));
        context.GoTo("/account");
    }

    private static Task RenderAsync(
        HttpContext context, string? fault, int status) =>
        context.ShowAsync<AccountPage>(
            new()
            {
                [nameof(AccountPage.Email)] = context.Account().Email,
                [nameof(AccountPage.Role)] = context.Account().Role,
                [nameof(AccountPage.Fault)] = fault,
            },
            status);
}
