using System.Security.Claims;
using Sojourn.Events;
using Sojourn.Server.Accounts;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Judges requests of people, by the cookie of their sign-in.</summary>
internal sealed class StaffDoor(
    IStore store, SignIns signIns, PublicAddress address, Forgery forgery, ILogger<StaffDoor> log)
{
    private const string ProjectName = "project";

    /// <summary>Who a cookie stands for, or why it opens nothing here.</summary>
    public async Task<Verdict> JudgeAsync(HttpContext context, Policy policy)
    {
        if (!address.Recognize(context.Request))
            return Problems.HostUnknown;

        var signedIn = SignInCookie.Read(context.Request) is { } token
            ? signIns.Find(token)
            : null;
        if (signedIn is not null)
            context.User = PrincipalOf(signedIn);
        if (signedIn is null && policy.Role is not null)
            return policy.IsPage ? Verdict.SignInAt(context.Request) : Problems.SignedOut;
        if (await forgery.JudgeAsync(context, policy.IsPage) is { } problem)
            return problem;
        if (signedIn is null)
            return Caller.Nobody;
        if (signedIn.Account.Role < policy.Role)
            return Problems.Forbidden;

        await NoteUseAsync(signedIn, context.RequestAborted);
        var project = store.FindProject(NameOfProject(context.Request));
        return policy.OfProject && project is null
            ? Problems.ProjectUnknown
            : new Caller(project, Trust.Staff, signedIn.Account.Email) { SignIn = signedIn };
    }

    // Pages have the project in their path, other addresses ask for it.
    private static string NameOfProject(HttpRequest request) =>
        request.RouteValues.TryGetValue(ProjectName, out var named)
            ? named as string ?? ""
            : request.Query[ProjectName].ToString();

    // Reading goes on while the disk is full; the sign-in then ends earlier than it would.
    private async Task NoteUseAsync(SignedIn signedIn, CancellationToken cancel)
    {
        try
        {
            await signIns.NoteUseAsync(signedIn.Id, cancel);
        }
        catch (StoreException failure)
        {
            log.LogWarning("The use of a sign-in is not noted: {Why}", failure.Message);
        }
    }

    // Tokens of forms are bound to the sign-in: those of another, or of an ended one, are refused.
    private static ClaimsPrincipal PrincipalOf(SignedIn signedIn) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, signedIn.Id)], authenticationType: ProjectName));
}
