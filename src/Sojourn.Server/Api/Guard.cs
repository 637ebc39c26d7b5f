using Sojourn.Server.Accounts;
using Sojourn.Storage;

namespace Sojourn.Server.Api;

/// <summary>Holds each request against the policy of its route, before anything is read.</summary>
internal sealed class Guard(
    RequestDelegate next,
    KeyDoor keys,
    StaffDoor staff,
    OperatorDoor operators,
    OpenStreams streams)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Addresses nobody serves have no policy; they are answered further down.
        if (context.GetEndpoint()?.Metadata.GetMetadata<Policy>() is not { } policy)
        {
            await next(context);
            return;
        }

        var verdict = await JudgeAsync(context, policy);
        if (policy.Keys.Contains(KeyKind.Write)
            && (policy.KeyInBody || verdict.Problem != Problems.SecretKeyInBrowser))
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlExposeHeaders = "retry-after";
        }

        if (verdict.Caller is not { } caller)
        {
            await verdict.RefuseAsync(context);
            return;
        }

        context.SetCaller(caller);
        using (caller.SignIn is { } signedIn && policy.Role is { } role
            ? streams.Watch(context, signedIn, role)
            : null)
        {
            await next(context);
        }
    }

    private async Task<Verdict> JudgeAsync(HttpContext context, Policy policy)
    {
        if (policy.IsPage)
            return await staff.JudgeAsync(context, policy);
        if (context.Features.Get<OperatorConnection>() is not null)
            return operators.Judge(context.Request, policy);
        if (policy == Policy.Operate)
            return Problems.Operators;
        if (policy.Keys.Count == 0 && policy.Role is null)
            return Caller.Nobody;

        // A key in a header is said on purpose; a cookie comes along by itself.
        var isStaff = policy.Role is not null && !KeyDoor.HasKey(context.Request)
            && (policy.Keys.Count == 0 || SignInCookie.Read(context.Request) is not null);
        return isStaff
            ? await staff.JudgeAsync(context, policy)
            : keys.Judge(context.Request, policy);
    }
}
