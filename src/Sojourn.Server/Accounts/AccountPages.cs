using Sojourn.Server.Api;
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
        RenderAsync(context, null, context.Request.Query["done"], 200);

    /// <summary>Replaces the password, and ends every other sign-in of the account.</summary>
    internal static async Task SetPasswordAsync(
        HttpContext context, Staff staff, Passwords passwords, SignIns signIns, Tries tries)
    {
        if (!context.Request.HasFormContentType)
        {
            await Problems.ContentType.WriteAsync(context);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var account = context.Account();
        var chosen = form["password"].ToString();
        // Whoever finds an open browser must not guess faster than at the door.
        if (tries.Take(Tries.AccountOf(account.Email)) is not null)
        {
            await RenderAsync(context, TooOften, null, 429);
            return;
        }

        if (await passwords.CheckAsync(
            account, form["present"].ToString(), context.RequestAborted) is not true)
        {
            await RenderAsync(context, Wrong, null, 422);
            return;
        }

        tries.GiveBack(Tries.AccountOf(account.Email));
        if (Passwords.FaultOf(chosen, account.Email) is { } fault)
        {
            await RenderAsync(context, fault, null, 422);
            return;
        }

        await staff.SetPasswordAsync(account.Id, passwords.Hash(chosen), context.RequestAborted);
        await signIns.EndAllAsync(account.Id, context.Caller().SignIn!.Id, default);
        context.GoTo("/account?done=password");
    }

    /// <summary>Ends every other sign-in of the account.</summary>
    internal static async Task SignOutElsewhereAsync(HttpContext context, SignIns signIns)
    {
        await signIns.EndAllAsync(
            context.Account().Id, context.Caller().SignIn!.Id, context.RequestAborted);
        context.GoTo("/account?done=elsewhere");
    }

    private static Task RenderAsync(
        HttpContext context, string? fault, string? done, int status) =>
        context.ShowAsync<AccountPage>(
            new()
            {
                [nameof(AccountPage.Email)] = context.Account().Email,
                [nameof(AccountPage.Role)] = context.Account().Role.ToString(),
                [nameof(AccountPage.Fault)] = fault,
                [nameof(AccountPage.Done)] = done,
            },
            status);
}
