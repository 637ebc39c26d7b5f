using Sojourn.Server.Api;
using Sojourn.Server.Pages.SignIn;

namespace Sojourn.Server.Accounts;

/// <summary>Signing in by password, and out again.</summary>
internal static class SignInPages
{
    private const string Wrong = "The e-mail or the password is not right.";
    private const string TooOften = "There were too many tries. Wait a minute and try again.";

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", ShowAsync).Needs(Policy.Open);
        routes.MapPost("/sign-in", PostAsync).Needs(Policy.Open);
        routes.MapPost("/sign-out", SignOutAsync).Needs(Policy.SignedIn);
    }

    /// <summary>The form; who is signed in already goes on.</summary>
    internal static Task ShowAsync(HttpContext context)
    {
        var back = LocalPath.Of(context.Request.Query["return"]);
        if (context.Caller().SignIn is null)
            return RenderAsync(context, "", back, null, 200);

        context.GoTo(back);
        return Task.CompletedTask;
    }

    /// <summary>Goes where the browser came from, or shows what is wrong.</summary>
    internal static async Task PostAsync(
        HttpContext context, Staff staff, Passwords passwords, SignIns signIns, Tries tries)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var back = LocalPath.Of(form["return"]);
        var written = form["email"].ToString();
        // Counted, checked and answered alike, whether there is such an account or not.
        var account = Account.TryReadEmail(written, out var email) ? staff.FindEmail(email) : null;
        var network = Tries.NetworkOf(context.Connection.RemoteIpAddress);
        if (tries.Take(network, Tries.AccountOf(email)) is { } wait)
        {
            context.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
            await RenderAsync(context, written, back, TooOften, 429);
            return;
        }

        var isRight = await passwords.CheckAsync(
            account, form["password"].ToString(), context.RequestAborted);
        if (isRight is not true)
        {
            await RenderAsync(
                context, written, back, isRight is null ? TooOften : Wrong,
                isRight is null ? 429 : 401);
            return;
        }

        tries.GiveBack(network, Tries.AccountOf(email));
        await context.SignInAsync(signIns, account!); // Right only where there is an account.
        context.GoTo(back);
    }

    /// <summary>Ends the sign-in: its token opens nothing any more, wherever it is kept.</summary>
    internal static async Task SignOutAsync(HttpContext context, SignIns signIns)
    {
        await signIns.EndAsync(context.Caller().SignIn!.Id, default); // The policy asks for one.
        SignInCookie.Delete(context);
        context.GoTo("/sign-in");
    }

    /// <summary>Signs somebody in anew, and ends what this browser had before.</summary>
    public static async Task SignInAsync(this HttpContext context, SignIns signIns, Account who)
    {
        if (context.Caller().SignIn is { } before)
            await signIns.EndAsync(before.Id, context.RequestAborted);
        SignInCookie.Write(context, await signIns.StartAsync(who, context.RequestAborted));
    }

    private static Task RenderAsync(
        HttpContext context, string email, string back, string? fault, int status) =>
        context.ShowAsync<SignInPage>(
            new()
            {
                [nameof(SignInPage.Email)] = email,
                [nameof(SignInPage.Return)] = back,
                [nameof(SignInPage.Fault)] = fault,
            },
            status);
}
